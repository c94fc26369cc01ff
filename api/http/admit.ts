import type { Request } from "express";
import { describeCode } from "../../contract/codes.ts";
import { Problem } from "../../contract/problem.ts";
import type { Route } from "../../contract/routes/route.ts";
import type { ApiContext } from "../api-context.ts";
import { authenticate, type Caller } from "./authenticate.ts";
import { limitCaller } from "./limit-caller.ts";
import { requireSameOrigin } from "./same-origin.ts";

/**
 * Lets a caller in: null only where the route is public, or for metrics from the machine itself.
 * @throws Problem unauthenticated, rate_limited, cross_site
 */
export async function admit(
  { authority }: Pick<Route, "authority">,
  req: Request,
  api: Pick<ApiContext, "context" | "signIn" | "settings" | "limits">,
): Promise<Caller | null> {
  const { publicUrl } = api.settings;
  if (authority === "public") {
    requireSameOrigin(req, publicUrl, false);
    return null;
  }
  const caller = await authenticate(req, api);
  if (caller === null) {
    if (authority === "agentOrMachine" && isFromThisMachine(req)) return null;
    throw new Problem("unauthenticated", describeCode("unauthenticated").title);
  }
  if (authority !== "agentOrMachine") limitCaller(req, caller, api.limits);
  if (caller.by === "cookie") requireSameOrigin(req, publicUrl, true);
  return caller;
}

/** A proxy on this machine sends from here too, so whatever came through one does not count. */
function isFromThisMachine(req: Request): boolean {
  const address = req.socket.remoteAddress ?? "";
  const local = address === "::1" || address.startsWith("127.") || address.startsWith("::ffff:127.");
  return local && !["x-forwarded-for", "x-forwarded-host", "forwarded", "via"].some((name) => name in req.headers);
}
