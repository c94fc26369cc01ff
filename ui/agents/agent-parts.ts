/** The parts of the page about agents, each with an address. */
export const agentParts = ["agents", "groups", "grants"] as const;
