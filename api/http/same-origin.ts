import type { Request } from "express";
import { Problem } from "../../contract/problem.ts";

/**
 * Refuses a request that another site made a browser send. A browser says so in `Sec-Fetch-Site`, an older one in
 * `Origin`. Where a cookie speaks for the caller (`cookie`), one of the two must be there.
 * @throws Problem cross_site
 */
export function requireSameOrigin(req: Request, publicUrl: string | null, cookie: boolean): void {
  if (req.method === "GET" || req.method === "HEAD") return;
  const site = req.get("sec-fetch-site");
  const origin = req.get("origin");
  const same =
    site === undefined
      ? origin === undefined
        ? !cookie
        : isOurs(origin, req, publicUrl)
      : site === "same-origin" && (origin === undefined || origin === "null" || isOurs(origin, req, publicUrl));
  if (!same) {
    throw new Problem(
      "cross_site",
      "Send this request from Muster's own pages, or with an API key and without cookies",
    );
  }
}

function isOurs(origin: string, req: Request, publicUrl: string | null): boolean {
  if (!URL.canParse(origin)) return false;
  const { host } = new URL(origin);
  return host === req.headers.host || (publicUrl !== null && host === new URL(publicUrl).host);
}
