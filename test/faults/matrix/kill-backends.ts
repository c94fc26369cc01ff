import { setTimeout as pause } from "node:timers/promises";
import type { Database } from "../../../db/open-database.ts";

const betweenKillsMs = 250;

/** Terminates a connection of the processes by chance every quarter of a second, `times` times. */
export async function killBackends(db: Database, times: number): Promise<void> {
  for (let kills = 0; kills < times; kills += 1) {
    await db.sql`
      select pg_terminate_backend(pid) from pg_stat_activity where usename = 'faults_app' order by random() limit 1`;
    await pause(betweenKillsMs);
  }
}
