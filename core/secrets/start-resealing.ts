import { setTimeout as pause } from "node:timers/promises";
import { logFault } from "../../db/log-fault.ts";
import { listenerName } from "../../db/open-database.ts";
import type { CoreContext } from "../context.ts";
import { forgetOtherKeys, isNewestKey } from "./keys-in-use.ts";
import { resealPasswords, type Resealed } from "./reseal-passwords.ts";

type Context = Pick<CoreContext, "db" | "secrets" | "log">;

const restMs = 1_000;

/**
 * Seals all anew that is sealed under the previous key, `resealOthers` what core knows nothing of, until nothing is left;
 * then the previous key is forgotten, and the log says that it can be taken away. Whatever is in the way is tried again.
 * Several processes may do so at once; one that is started with a newer key has the others stop.
 */
export function startResealing(
  context: Context,
  resealOthers: () => Promise<Resealed>,
): { close: () => Promise<void> } {
  const closing = new AbortController();
  const ended = resealAll(context, resealOthers, closing.signal);
  return {
    async close() {
      closing.abort();
      await ended;
    },
  };
}

async function resealAll(context: Context, resealOthers: () => Promise<Resealed>, signal: AbortSignal): Promise<void> {
  const step = makeStep(context, resealOthers, signal);
  while (!signal.aborted) {
    try {
      if (await step()) return;
    } catch (err) {
      if (!signal.aborted)
        logFault(context.log, err, "sealing with the new key was interrupted and will be tried again");
    }
    await pause(restMs, undefined, { signal, ref: false }).catch(() => {});
  }
}

/** Makes the function that takes one step, and tells whether it was the last. */
function makeStep(context: Context, resealOthers: () => Promise<Resealed>, signal: AbortSignal) {
  const { db, secrets, log } = context;
  let total = 0;
  let quietSince: string | null = null;
  let waits = false;

  async function look(): Promise<Resealed> {
    const [passwords, others] = [await resealPasswords(context, signal), await resealOthers()];
    return { resealed: passwords.resealed + others.resealed, lost: passwords.lost + others.lost };
  }

  return async (): Promise<boolean> => {
    if (!(await isNewestKey(db, secrets))) {
      log.warn("A process with a newer MUSTER_SECRET_KEY was started: this one seals nothing again");
      return true;
    }
    if (await hasOtherKeyAtWork(context)) {
      if (!waits) log.warn("A process that seals with another key is still running: restart it with both keys");
      waits = true;
      quietSince = null;
      return false;
    }
    if (quietSince !== null && (await isAnyOpenSince(context, quietSince))) return false;
    const { resealed, lost } = await look();
    total += resealed;
    if (resealed > 0 || quietSince === null) {
      // What a transaction has read before it was sealed anew it may still write back: those of before have to end first.
      quietSince = resealed > 0 ? null : await clock(context);
      return false;
    }
    if (!(await forgetOtherKeys(db, secrets))) return false;
    if (lost > 0) log.warn({ lost }, "Some passwords open under neither key and stay as they are");
    log.info(
      { resealed: total },
      "All is sealed under MUSTER_SECRET_KEY: MUSTER_SECRET_KEY_PREVIOUS can be taken away",
    );
    return true;
  };
}

async function clock({ db }: Context): Promise<string> {
  const [now] = await db.sql<{ at: string }[]>`select clock_timestamp()::text as at`;
  return now!.at;
}

async function isAnyOpenSince({ db }: Context, at: string): Promise<boolean> {
  const [found] = await db.sql<{ open: boolean }[]>`
    select exists (
      select from pg_stat_activity
      where datname = current_database() and xact_start <= ${at}::timestamptz and pid <> pg_backend_pid()
        and backend_type = 'client backend'
    ) as open`;
  return found?.open !== false;
}

/** Whether a process is at work that seals under another key: what it seals later nobody would seal anew. */
async function hasOtherKeyAtWork({ db, secrets }: Context): Promise<boolean> {
  const [found] = await db.sql<{ other: boolean }[]>`
    select exists (
      select from pg_stat_activity
      where datname = current_database() and starts_with(application_name, ${listenerName})
        and application_name <> ${`${listenerName} ${secrets.fingerprint}`}
    ) as other`;
  return found?.other !== false;
}
