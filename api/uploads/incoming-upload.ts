import { createHash } from "node:crypto";
import type { Request, Response } from "express";
import { workbookType } from "../../contract/media-types.ts";
import { Problem } from "../../contract/problem.ts";
import { hasBody } from "../http/unread-body.ts";
import { bodyChunks, bodyTooLarge } from "./body-chunks.ts";
import { openMultipart } from "./multipart.ts";

/** A file that is arriving. `digest` is the hash of its options and of the bytes read so far. */
export type IncomingUpload = {
  fileName: string | null;
  /** The part `options` of a multipart body; empty for a bare file. */
  options: Record<string, unknown>;
  bytes: AsyncIterable<Uint8Array>;
  digest(): string;
};

/** A file and what its own part said of it, before anything is read. */
export type OpenedFile = Pick<IncomingUpload, "fileName" | "options" | "bytes">;

/**
 * Opens the file in the body of `req` without holding any of it: the body itself, or the part `file` of a multipart
 * body, in which `options` comes first.
 * @throws Problem body_too_large (before a byte is read where the length is told), media_type_unsupported, body_invalid
 */
export async function openUpload(
  req: Request,
  res: Response,
  limits: { maxBytes: number; stallMs: number },
): Promise<IncomingUpload> {
  if (Number(req.get("content-length") ?? 0) > limits.maxBytes) throw bodyTooLarge(limits.maxBytes);
  if (req.is("application/x-www-form-urlencoded")) {
    throw new Problem(
      "media_type_unsupported",
      `Send the file as text/csv, ${workbookType} or multipart/form-data; with curl: --data-binary @users.csv -H 'Content-Type: text/csv'`,
    );
  }
  if (hasBody(req) && req.get("expect") !== undefined) res.writeContinue();
  const body = bodyChunks(req, limits);
  const file = req.is("multipart/form-data")
    ? await openMultipart(req.headers, body)
    : { fileName: null, options: {}, bytes: body };
  const hash = createHash("sha256").update(JSON.stringify(file.options));
  return { ...file, bytes: hashed(file.bytes, hash), digest: () => hash.copy().digest("base64url") };
}

async function* hashed(
  bytes: AsyncIterable<Uint8Array>,
  hash: { update(bytes: Uint8Array): unknown },
): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    hash.update(chunk);
    yield chunk;
  }
}
