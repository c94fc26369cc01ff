import type { Who } from "../../core/actor.ts";
import { recordAct, type AuditedAct } from "../../core/audit/record-act.ts";
import type { CoreContext } from "../../core/context.ts";
import { inTransaction } from "../../db/in-transaction.ts";

/** Keeps refusals in the audit, so that nobody can fill it by trying again. */
export type RefusalLog = {
  /** Writes `act` down, or counts it where `who` was refused the same `attempt` at that customer lately. */
  record(who: Who, attempt: string, act: AuditedAct): Promise<void>;
  /** Writes down what is counted. */
  close(): Promise<void>;
};

const windowMinutes = 10;

/** The refusals of one agent at one attempt: the first is written, those after it are counted. */
type Counted = { who: Who; act: AuditedAct; since: Date; times: number; timer: NodeJS.Timeout };

/**
 * Makes the log of one api process. The first refusal of an agent at an attempt is written at once; those of the next ten
 * minutes become one record more, with their number.
 */
export function makeRefusalLog(context: CoreContext, windowMs = windowMinutes * 60_000): RefusalLog {
  const open = new Map<string, Counted>();

  async function write(who: Who, act: AuditedAct): Promise<void> {
    await inTransaction(context.db.pool, (tx) => recordAct(tx, who, { ...act, status: "refused" }));
  }

  async function writeSum(key: string): Promise<void> {
    const counted = open.get(key);
    open.delete(key);
    if (counted === undefined) return;
    clearTimeout(counted.timer);
    if (counted.times === 0) return;
    const { who, act, times, since } = counted;
    await write(who, { ...act, after: { ...act.after, times, since: since.toISOString() } }).catch((err: unknown) =>
      context.log.warn({ err, times }, "refusals could not be written into the audit"),
    );
  }

  return {
    async record(who, attempt, act) {
      const key = `${who.id} ${attempt} ${act.customerId}`;
      const counted = open.get(key);
      if (counted !== undefined) {
        counted.times += 1;
        return;
      }
      const timer = setTimeout(() => void writeSum(key), windowMs).unref();
      open.set(key, { who, act, since: context.now(), times: 0, timer });
      try {
        await write(who, act);
      } catch (error) {
        clearTimeout(timer);
        open.delete(key);
        throw error;
      }
    },
    async close() {
      await Promise.all([...open.keys()].map(writeSum));
    },
  };
}
