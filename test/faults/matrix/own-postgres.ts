import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { pickAccount } from "../../../db/embedded/account.ts";
import { findBinaries } from "../../../db/embedded/binaries.ts";
import { ensureDatabase } from "../../../db/embedded/ensure-database.ts";
import { freePort } from "../../../db/embedded/free-port.ts";
import { initData, SUPERUSER } from "../../../db/embedded/init-data.ts";
import { reachBinaries } from "../../../db/embedded/reach.ts";
import { startOnce } from "../../../db/embedded/run-server.ts";
import { serverSettings } from "../../../db/embedded/server-settings.ts";
import { makeLog } from "../../../db/log.ts";

/** A Postgres that the faults stop and start; nobody else does. */
export type OwnPostgres = {
  /** The address as the owner of all. */
  url: string;
  /** Ends it at once, without a checkpoint, as `pg_ctl stop -m immediate` does. */
  crash(): Promise<void>;
  /** Brings it back at the same address, on the same data. */
  start(): Promise<void>;
};

/** Starts the Postgres that npm brought on fresh data in `folder`. */
export async function startOwnPostgres(folder: string): Promise<OwnPostgres> {
  const log = makeLog("warn");
  const data = join(folder, "postgres");
  const account = await pickAccount(data);
  const binaries = await reachBinaries(account, await findBinaries(), log);
  await initData(account, binaries, data, SUPERUSER);
  const port = await freePort();
  // What a process has written outlives its end also without fsync.
  const settings = { ...serverSettings(), shared_buffers: "256MB", fsync: "off" };
  const options = { account, binaries, data, logFile: join(folder, "postgres.log"), settings, log };
  let server: ChildProcess | undefined;

  async function start(): Promise<void> {
    const result = await startOnce(options, port);
    if (result.kind === "failed") throw new Error(`The Postgres of the faults did not start: ${result.reason}`);
    server = result.child;
  }

  await start();
  const url = `postgres://${SUPERUSER}:${SUPERUSER}@127.0.0.1:${port}/muster`;
  await ensureDatabase(url);
  return {
    url,
    start,
    async crash() {
      if (server === undefined || server.exitCode !== null || server.signalCode !== null) return;
      const ended = once(server, "exit");
      server.kill("SIGQUIT");
      await ended;
    },
  };
}
