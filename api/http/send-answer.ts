import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Request, Response } from "express";

/** What a handler answers: JSON, nothing, text, a streamed file, or `taken` where it wrote by itself. */
export type Answer<Body = unknown> = { headers?: Record<string, string> } & (
  | { status: 200 | 201 | 202; body: Body }
  | { status: 204 }
  | { status: 303; location: string }
  | { status: 200; text: string; type: string }
  | { status: 200; csv: AsyncIterable<string>; fileName: string }
  | { taken: true }
);

/** Writes `answer`. A stream that fails before its first piece still becomes a problem; later the connection breaks. */
export async function sendAnswer(res: Response, answer: Answer): Promise<void> {
  if ("taken" in answer) return;
  res.set(answer.headers ?? {});
  if (isUnmoved(res.req, answer)) {
    res.status(304).end();
    return;
  }
  res.status(answer.status);
  if ("body" in answer) res.json(answer.body);
  else if ("text" in answer) res.type(answer.type).send(answer.text);
  else if ("csv" in answer) await sendCsv(res, answer.csv, answer.fileName);
  else if ("location" in answer) res.set("Location", answer.location).end();
  else res.end();
}

/**
 * Whether the caller has this very answer already. Express would ask so too, but takes the `no-cache` that fetch adds for
 * a wish to have it again.
 */
function isUnmoved(req: Request, answer: Exclude<Answer, { taken: true }>): boolean {
  const tag = answer.headers?.["ETag"];
  const known = req.get("if-none-match");
  if (tag === undefined || known === undefined || answer.status !== 200) return false;
  if (req.method !== "GET" && req.method !== "HEAD") return false;
  return known.split(",").some((one) => one.trim().replace(/^W\//, "") === tag || one.trim() === "*");
}

async function sendCsv(res: Response, csv: AsyncIterable<string>, fileName: string): Promise<void> {
  const pieces = csv[Symbol.asyncIterator]();
  const first = await pieces.next();
  res.type("text/csv; charset=utf-8").attachment(fileName);
  if (res.req.method === "HEAD") {
    await pieces.return?.();
    res.end();
    return;
  }
  async function* all() {
    if (first.done !== true) yield first.value;
    yield* { [Symbol.asyncIterator]: () => pieces };
  }
  await pipeline(Readable.from(all()), res);
}
