import type { IncomingMessage } from "node:http";
import { setImmediate as othersTurn } from "node:timers/promises";
import { Problem } from "../../contract/problem.ts";

/** Slower than this for the time of a stall is a stall too: a byte now and then is no upload. */
const leastBytesPerSecond = 32;

/**
 * Gives the body of `req` piece by piece as it comes. How long the whole takes does not matter; a caller who falls
 * silent, or nearly so, for `stallMs` does. Giving up early leaves the connection open, so that the refusal can still be answered.
 * @throws Problem upload_stalled, upload_interrupted, body_too_large
 */
export async function* bodyChunks(
  req: IncomingMessage,
  limits: { maxBytes: number; stallMs: number },
): AsyncGenerator<Buffer> {
  const leastBytes = (leastBytesPerSecond * limits.stallMs) / 1000;
  let bytes = 0;
  let since = 0;
  let waitedMs = 0;
  for (;;) {
    const chunk = req.read() as Buffer | null;
    if (chunk !== null) {
      bytes += chunk.length;
      since += chunk.length;
      if (since >= leastBytes) [since, waitedMs] = [0, 0];
      if (bytes > limits.maxBytes) throw bodyTooLarge(limits.maxBytes);
      yield chunk;
      // Else Node reads on while more is there, up to 2 MB, which are 16,000 rows: no other request is looked at meanwhile.
      await othersTurn();
    } else if (req.readableEnded || (req.complete && req.readableLength === 0)) {
      return;
    } else if (req.destroyed) {
      throw new Problem("upload_interrupted", `The connection broke after ${bytes} bytes; send the file again`);
    } else {
      // Only what the caller kept us waiting for counts, never the time that we took over the last piece.
      waitedMs += await nextMove(req, limits.stallMs, waitedMs, bytes);
    }
  }
}

/** The refusal of a body of more than `maxBytes`. */
export function bodyTooLarge(maxBytes: number): Problem {
  return new Problem("body_too_large", `A file may hold ${maxBytes / 1024 / 1024} MB; split it into several`);
}

/** Gives the milliseconds until something moved. @throws Problem upload_stalled after `stallMs`, less `waitedMs` */
function nextMove(req: IncomingMessage, stallMs: number, waitedMs: number, bytes: number): Promise<number> {
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const moves = ["readable", "end", "error", "close"] as const;
    const done = () => {
      clearTimeout(timer);
      for (const move of moves) req.off(move, done);
      resolve(performance.now() - startedAt);
    };
    const timer = setTimeout(() => {
      for (const move of moves) req.off(move, done);
      reject(
        new Problem(
          "upload_stalled",
          `Hardly a byte came in ${stallMs / 1000} s, ${bytes} in all; send the file again`,
        ),
      );
    }, stallMs - waitedMs);
    for (const move of moves) req.on(move, done);
  });
}
