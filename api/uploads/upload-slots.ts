import { Problem } from "../../contract/problem.ts";

/** Lets each agent run so many uploads at a time in this process. */
export type UploadSlots = <T>(agentId: string, work: () => Promise<T>) => Promise<T>;

/**
 * Makes the slots: `perAgent` for each agent.
 * @throws Problem uploads_busy, from the slots, where an agent has none left
 */
export function makeUploadSlots(perAgent: number): UploadSlots {
  const taken = new Map<string, number>();
  return async (agentId, work) => {
    const before = taken.get(agentId) ?? 0;
    if (before >= perAgent) {
      throw new Problem("uploads_busy", `${perAgent} uploads of yours are under way; send this one when one is done`);
    }
    taken.set(agentId, before + 1);
    try {
      return await work();
    } finally {
      const left = (taken.get(agentId) ?? 1) - 1;
      if (left === 0) taken.delete(agentId);
      else taken.set(agentId, left);
    }
  };
}
