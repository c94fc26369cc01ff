import { type Authority, unrestricted } from "./authority/authority.ts";

/** Who acts, as the audit names them: a signed-in agent, a holder of an API key, or Muster itself. `id` is stable. */
export type Who = { kind: "agent" | "token" | "system"; id: string; name: string };

/** Who acts, and what they may do. */
export type Actor = Who & { authority: Authority };

/** Muster itself, for housekeeping and schedules. */
export const systemActor: Actor = { kind: "system", id: "system", name: "Muster", authority: unrestricted };

/** Whoever has not said who they are, or not truly. */
export const unknownActor: Who = { kind: "system", id: "unknown", name: "unknown" };
