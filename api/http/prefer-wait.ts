import type { Request } from "express";

const longestSeconds = 60;

/** Seconds that the caller would wait for the outcome (`Prefer: wait=n`, at most 60), or 0. */
export function preferredWaitSeconds(req: Request): number {
  const seconds = /(?:^|[,;\s])wait\s*=\s*"?(\d{1,4})/i.exec(req.get("prefer") ?? "")?.[1];
  return seconds === undefined ? 0 : Math.min(Number(seconds), longestSeconds);
}
