import type { IncomingMessage } from "node:http";
import { Problem } from "../../contract/problem.ts";

/**
 * Gives the body of `req` piece by piece as it comes. How long the whole takes does not matter; a caller who falls
 * silent does. Giving up early leaves the connection open, so that the refusal can still be answered.
 * @throws Problem upload_stalled, upload_interrupted, body_too_large
 */
export async function* bodyChunks(
  req: IncomingMessage,
  limits: { maxBytes: number; stallMs: number },
): AsyncGenerator<Buffer> {
  let bytes = 0;
  for (;;) {
    const chunk = req.read() as Buffer | null;
    if (chunk !== null) {
      bytes += chunk.length;
      if (bytes > limits.maxBytes) throw tooLarge(limits.maxBytes);
      yield chunk;
    } else if (req.readableEnded || (req.complete && req.readableLength === 0)) {
      return;
    } else if (req.destroyed) {
      throw new Problem("upload_interrupted", `The connection broke after ${bytes} bytes; send the file again`);
    } else {
      await nextMove(req, limits.stallMs, bytes);
    }
  }
}

/** The refusal of a body of more than `maxBytes`. */
export function tooLarge(maxBytes: number): Problem {
  return new Problem("body_too_large", `A file may hold ${maxBytes / 1024 / 1024} MB; split it into several`);
}

function nextMove(req: IncomingMessage, stallMs: number, bytes: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const moves = ["readable", "end", "error", "close"] as const;
    const done = () => {
      clearTimeout(timer);
      for (const move of moves) req.off(move, done);
      resolve();
    };
    const timer = setTimeout(() => {
      for (const move of moves) req.off(move, done);
      reject(
        new Problem("upload_stalled", `No byte came for ${stallMs / 1000} s, after ${bytes} bytes; send it again`),
      );
    }, stallMs);
    for (const move of moves) req.on(move, done);
  });
}
