import { createHash } from "node:crypto";
import type { RequestHandler } from "express";
import helmet, { contentSecurityPolicy } from "helmet";
import { pageStyle } from "../docs/html.ts";

/** Headers that keep browsers careful: nothing loads but our own, no script or style stands in a page, nothing is kept. */
export function secureHeaders(publicUrl: string | null): RequestHandler[] {
  const hash = createHash("sha256").update(pageStyle).digest("base64");
  const headers = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", `'sha256-${hash}'`],
        imgSrc: ["'self'", "data:"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: publicUrl?.startsWith("https:") === true,
    referrerPolicy: { policy: "same-origin" },
  });
  return [
    headers,
    (_req, res, next) => {
      res.set("Cache-Control", "no-store");
      next();
    },
  ];
}

/** What both policies have in common: files of ours alone, and styles that are set from script. */
const ownFiles = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", "data:"],
  connectSrc: ["'self'"],
  frameAncestors: ["'none'"],
};

/** The policy for our own pages: their components set styles from script, which stands in files of ours alone. */
export const pagePolicy: RequestHandler = contentSecurityPolicy({
  useDefaults: false,
  directives: { ...ownFiles, formAction: ["'self'"], baseUri: ["'none'"] },
});

/** The policy for Bull Board, which sets styles from its own script; its web fonts stay blocked. */
export const boardPolicy: RequestHandler = contentSecurityPolicy({
  useDefaults: false,
  directives: { ...ownFiles, fontSrc: ["'none'"], formAction: ["'none'"], baseUri: ["'self'"] },
});
