import { Client } from "pg";
import { asFault } from "./faults.ts";
import { connectionSettings } from "./open-pool.ts";

/** Gives what `act` makes of one connection to `url`, which is closed after that. @throws what `asFault` makes of an error */
export async function onConnection<T>(url: string, act: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ ...connectionSettings(url), application_name: "muster migrate" });
  client.on("error", () => {});
  try {
    await client.connect();
    return await act(client);
  } catch (error) {
    throw asFault(error);
  } finally {
    await client.end().catch(() => {});
  }
}
