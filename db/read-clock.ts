import { onConnection } from "./on-connection.ts";

/** By how many seconds the clock of the database at `url` is ahead of ours; half of the way there and back is taken off. */
export async function readClock(url: string): Promise<number> {
  return await onConnection(url, async (client) => {
    await client.query("select 1");
    const asked = Date.now();
    const { rows } = await client.query<{ ms: number }>(
      "select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms",
    );
    return ((rows[0]?.ms ?? asked) - (asked + Date.now()) / 2) / 1_000;
  });
}
