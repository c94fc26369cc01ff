import type { Tx } from "../db/in-transaction.ts";
import { type Authority, unrestricted } from "./access/authority/authority.ts";

/** Who acts, as the audit names them: a signed-in agent, a holder of an API key, or Muster itself. `id` is stable. */
export type Who = { kind: "agent" | "token" | "system"; id: string; name: string };

/** Writes, into the transaction of an act, what came of the request for it: the id of the batch or thing. */
export type RecordResult = (tx: Pick<Tx, "rows">, resultId: string) => Promise<void>;

/**
 * Who acts, and what they may do. `recordResult` is there where the request carries an idempotency key: every act that a POST
 * asks for calls it in the transaction of its effect, because a key noted in another one lets the act happen twice.
 */
export type Actor = Who & { authority: Authority; recordResult?: RecordResult };

/** Muster itself, for housekeeping and schedules. */
export const systemActor: Actor = { kind: "system", id: "system", name: "Muster", authority: unrestricted };

/** Whoever has not said who they are, or not truly. */
export const unknownActor: Who = { kind: "system", id: "unknown", name: "unknown" };
