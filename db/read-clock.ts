import { onConnection } from "./on-connection.ts";

/** By how many seconds the clock of the database at `url` is ahead of ours. */
export async function readClock(url: string): Promise<number> {
  return await onConnection(url, async (client) => {
    await client.query("select 1");
    return (await clockAhead((text) => client.query<{ ms: number }>(text), Date.now)) / 1_000;
  });
}

/**
 * By how many milliseconds the clock of the database that `ask` asks is ahead of `ours`; half of the way there and back is
 * taken off.
 */
export async function clockAhead(
  ask: (text: string) => Promise<{ rows: { ms: number }[] }>,
  ours: () => number,
): Promise<number> {
  const asked = ours();
  const { rows } = await ask("select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms");
  return (rows[0]?.ms ?? asked) - (asked + ours()) / 2;
}
