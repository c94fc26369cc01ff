import { createHash } from "node:crypto";
import type { Request } from "express";
import { Problem } from "../../contract/problem.ts";
import type { Caller } from "./authenticate.ts";
import type { RequestLimits } from "./request-limits.ts";

/**
 * Counts this request against the limit of its API key or session, and tells in the headers what is left, as the IETF's
 * draft "RateLimit header fields for HTTP" has it.
 * @throws Problem rate_limited
 */
export function limitCaller(req: Request, caller: Caller, limits: RequestLimits): void {
  const { limit, left, seconds } = limits.take(callerHash(req, caller));
  req.res?.set({
    "RateLimit-Policy": `"default";q=${limit};w=60`,
    RateLimit: `"default";r=${Math.max(0, left)};t=${seconds}`,
  });
  if (left >= 0) return;
  throw new Problem(
    "rate_limited",
    `This ${caller.by === "cookie" ? "session" : "API key"} has made ${limit} requests in this minute; go on in ${seconds} seconds.`,
    { retryAfterSeconds: seconds },
  );
}

/** Neither a key nor a session's token ever lies in the database as it is. */
function callerHash(req: Request, { by }: Caller): string {
  const secret = by === "cookie" ? sessionToken(req.get("cookie") ?? "") : (req.get("authorization") ?? "");
  return createHash("sha256")
    .update(`${by} ${secret.replace(/^Bearer +/i, "").trim()}`)
    .digest("base64url");
}

/** The token in the cookie, without its signature: other cookies beside it, or another spelling, are the same session. */
function sessionToken(cookies: string): string {
  const [, value = ""] = /(?:^|; *)(?:__Secure-)?muster\.session_token=([^;]*)/.exec(cookies) ?? [];
  return value.split(/\.|%2e/i)[0] ?? "";
}
