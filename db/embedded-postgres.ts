import { realpath } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pickAccount } from "./embedded/account.ts";
import { findBinaries } from "./embedded/binaries.ts";
import { claim } from "./embedded/claim.ts";
import { ensureDatabase } from "./embedded/ensure-database.ts";
import { APP_ROLE, initData, keepPassword, SUPERUSER } from "./embedded/init-data.ts";
import { clearLeftOver } from "./embedded/postmaster.ts";
import { reachBinaries, reachData } from "./embedded/reach.ts";
import { runServer } from "./embedded/run-server.ts";
import { serverSettings } from "./embedded/server-settings.ts";
import type { Log } from "./log.ts";
import { makeFolder } from "./make-folder.ts";

/** `url` names the owner of everything; `appUrl` a role that owns nothing, once `openToRole` has made it. */
export type EmbeddedPostgres = { url: string; appUrl: string; settings: Record<string, string>; stop(): Promise<void> };

/** `settings` are Postgres settings that go before our own. */
export type EmbeddedOptions = { dataDir: string; log: Log; settings?: Record<string, string> };

/**
 * Starts the Postgres that npm brought on the data in `<dataDir>/postgres`, made when missing, for this machine only and on a free port. It outlives signals
 * to our process group, and is started again should it end by itself, until `stop`.
 * @throws Error with one sentence when the data is in use or cannot be reached.
 */
export async function startEmbeddedPostgres({ dataDir, log, settings }: EmbeddedOptions): Promise<EmbeddedPostgres> {
  await makeFolder(resolve(dataDir));
  const folder = await realpath(resolve(dataDir));
  const claimed = await claim(folder);
  try {
    const account = await pickAccount(join(folder, "postgres"));
    const binaries = await reachBinaries(account, await findBinaries(), log);
    const data = await reachData(account, folder, log);
    const password = await keepPassword(folder, data);
    await initData(account, binaries, data, password);
    await clearLeftOver(await realpath(data), claimed.tookOver, log);
    const used = { ...serverSettings(), ...settings };
    const server = await runServer({
      account,
      binaries,
      data,
      logFile: join(folder, "postgres.log"),
      settings: used,
      log,
    });
    const urlOf = (role: string) => `postgres://${role}:${password}@127.0.0.1:${server.port}/muster`;
    const url = urlOf(SUPERUSER);
    try {
      await ensureDatabase(url);
    } catch (error) {
      await server.stop();
      throw error;
    }
    return {
      url,
      appUrl: urlOf(APP_ROLE),
      settings: used,
      async stop() {
        await server.stop();
        await claimed.release();
      },
    };
  } catch (error) {
    await claimed.release();
    throw error;
  }
}
