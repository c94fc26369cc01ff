import { problemOf } from "./request-failed.ts";

const awayMs = 3_000;

/** Whether a refusal of `status` may pass by itself: no answer came, or a server in between gave one. */
export function isPassing(status: number): boolean {
  return status === 0 || (status >= 502 && status <= 504);
}

/** How often a query is read again while the server is away, so that the page comes back by itself; else false. */
export function whileAway({ status, error }: { status: string; error: unknown }): number | false {
  return status === "error" && isPassing(problemOf(error).status) ? awayMs : false;
}
