import { readFile, realpath } from "node:fs/promises";
import { join, resolve } from "node:path";
import { servesData } from "./live-process.ts";
import { readPostmaster } from "./postmaster.ts";

/** The address, as `role`, of the Postgres that works on the embedded database in `dataDir`; null where none does. */
export async function runningUrl(dataDir: string, role: string): Promise<string | null> {
  const folder = resolve(dataDir);
  const data = await realpath(join(folder, "postgres")).catch(() => null);
  const running = data === null ? null : await readPostmaster(data);
  if (data === null || running?.ready !== true || !(await servesData(running.pid, data))) return null;
  const password = (await readFile(join(folder, "postgres.password"), "utf8")).trim();
  return `postgres://${role}:${password}@127.0.0.1:${running.port}/muster`;
}
