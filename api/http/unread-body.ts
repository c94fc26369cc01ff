import type { IncomingMessage, ServerResponse } from "node:http";

const lingerMs = 3_000;

/**
 * Ends the answer with `text`. Where the caller is still sending a body that nobody reads, closing at once would reset
 * the connection and could take the answer with it: so the answer goes out whole, what comes is thrown away for up to
 * 3 s, and then the connection closes.
 */
export function endWithBodyUnread(req: IncomingMessage, res: ServerResponse, text: string): void {
  const body = Buffer.from(text);
  res.setHeader("Content-Length", body.length);
  if (req.complete || req.destroyed || !hasBody(req)) {
    res.end(req.method === "HEAD" ? undefined : body);
    return;
  }
  res.setHeader("Connection", "close");
  res.write(body);
  const end = () => {
    clearTimeout(timer);
    res.end();
  };
  const timer = setTimeout(end, lingerMs).unref();
  req.once("end", end).once("error", end).once("close", end).resume();
}

/** Whether the request announces a body. */
export function hasBody(req: IncomingMessage): boolean {
  return req.headers["transfer-encoding"] !== undefined || Number(req.headers["content-length"] ?? 0) > 0;
}
