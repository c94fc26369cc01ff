/** Who acts: a signed-in agent, a holder of an API key, or Muster itself. `id` is stable and goes into the audit. */
export type Actor = { kind: "agent" | "token" | "system"; id: string; name: string };

/** Muster itself, for housekeeping and schedules. */
export const systemActor: Actor = { kind: "system", id: "system", name: "Muster" };

/** Whoever has not said who they are, or not truly. */
export const unknownActor = { id: "unknown", name: "unknown" };
