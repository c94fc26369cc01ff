import type { Request, Response } from "express";
import type { EventHub, Hint } from "./event-hub.ts";
import type { Visible } from "./watch-visible.ts";

const commentMs = 15_000;
const mostUnread = 256 * 1024;

/**
 * Streams hints of batches that are `visible` as server-sent events until the caller goes, with a comment every 15 s so that
 * no proxy hangs up. The stream ends within that time where `admitted` says no more: its session or key is over.
 */
export function streamEvents(
  req: Request,
  res: Response,
  hub: Pick<EventHub, "subscribe">,
  { visible, admitted }: { visible: Visible; admitted: () => Promise<boolean> },
): void {
  res.status(200).set({
    "Content-Type": "text/event-stream; charset=utf-8",
    "Cache-Control": "no-store, no-transform",
    "X-Accel-Buffering": "no",
  });
  if (req.method === "HEAD") {
    res.end();
    return;
  }
  res.flushHeaders();
  res.socket?.setNoDelay(true);
  // A page that comes back has missed hints.
  res.write(req.get("last-event-id") === undefined ? ": hello\n\n" : eventText({ kind: "resync" }));
  const send = (hint: Hint) => {
    if (res.writableLength > mostUnread) res.destroy();
    else res.write(eventText(hint));
  };
  const unsubscribe = hub.subscribe(
    (hint) => {
      const seen = hint.kind === "resync" ? true : visible(hint.batchId);
      if (seen === true) send(hint);
      else if (seen !== false) void seen.then((yes) => (yes && !res.writableEnded ? send(hint) : undefined));
    },
    () => res.end(),
  );
  const timer = setInterval(() => {
    res.write(": still here\n\n");
    // A fault is no reason to end a stream.
    void admitted().then(
      (still) => (still ? undefined : res.end()),
      () => undefined,
    );
  }, commentMs).unref();
  res.once("close", () => {
    clearInterval(timer);
    unsubscribe();
  });
}

function eventText(hint: Hint): string {
  if (hint.kind === "resync") return "event: resync\ndata: {}\n\n";
  const { batchId, seq } = hint;
  return `id: ${seq}\nevent: batch\ndata: ${JSON.stringify({ batchId, seq })}\n\n`;
}
