import { Problem } from "../../contract/problem.ts";

/** Takes one of a caller's streams, and gives what hands it back. @throws Problem rate_limited where there is none left */
export type StreamSlots = (callerId: string) => () => void;

/** Makes the slots: `perCaller` streams at a time for each caller, in this process. */
export function makeStreamSlots(perCaller: number): StreamSlots {
  const taken = new Map<string, number>();
  return (callerId) => {
    const before = taken.get(callerId) ?? 0;
    if (before >= perCaller) {
      throw new Problem("rate_limited", `${perCaller} event streams of yours are open; close one before the next`);
    }
    taken.set(callerId, before + 1);
    return () => {
      const left = (taken.get(callerId) ?? 1) - 1;
      if (left === 0) taken.delete(callerId);
      else taken.set(callerId, left);
    };
  };
}
