import { readdirSync } from "node:fs";
import { extname, join, sep } from "node:path";
import { type Request, type RequestHandler, type Response, Router } from "express";
import { otherAddresses, pageNames, pages } from "../../contract/pages.ts";
import { pagePolicy } from "../http/security-headers.ts";

/** The addresses of the pages as Express writes them. */
const pagePaths = pageNames.map((name) => pages[name].path.replaceAll("$", ":"));
const encodings = [
  ["br", ".br"],
  ["gzip", ".gz"],
] as const;
const types: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

/**
 * Serves the built pages in `folder`: what lies under /assets carries the hash of its content in its name and is kept
 * for good, the page itself is asked for anew each time. Both were compressed when they were built.
 */
export function servePages(folder: string): { pages: RequestHandler; lost: RequestHandler } {
  const files = new Set(readdirSync(folder, { recursive: true }).map((name) => String(name).split(sep).join("/")));
  const send = (req: Request, res: Response, name: string, cacheControl: string) => {
    const [encoding, ending] = encodings.find(
      ([coding, end]) => files.has(name + end) && req.acceptsEncodings(coding) !== false,
    ) ?? ["", ""];
    res.set("Cache-Control", cacheControl).vary("Accept-Encoding");
    res.type(types[extname(name)] ?? "application/octet-stream");
    if (encoding !== "") res.set("Content-Encoding", encoding);
    res.sendFile(join(folder, name + ending), { cacheControl: false, dotfiles: "allow" });
  };
  const sendPage: RequestHandler = (req, res, next) => {
    if (req.accepts(["html", "json"]) === "html") send(req, res, "index.html", "no-cache");
    else next();
  };
  const found = Router();
  found.get("/assets/*path", (req, res, next) => {
    const name = req.path.slice(1);
    if (files.has(name)) send(req, res, name, "public, max-age=31536000, immutable");
    else next();
  });
  found.get(pagePaths, pagePolicy, sendPage);

  const lost = Router();
  lost.get("/*path", (req, res, next) => {
    // A program that errs there hears a problem and not a page.
    if (otherAddresses.test(req.path) || req.accepts(["json", "html"]) !== "html") {
      next();
      return;
    }
    pagePolicy(req, res, () => send(req, res.status(404), "index.html", "no-cache"));
  });
  return { pages: found, lost };
}
