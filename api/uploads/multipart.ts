import { once } from "node:events";
import type { IncomingHttpHeaders } from "node:http";
import type { Readable } from "node:stream";
import busboy from "busboy";
import { Problem } from "../../contract/problem.ts";
import type { OpenedFile } from "./incoming-upload.ts";

const optionsBytes = 64 * 1024;

/**
 * Opens the part `file` of a multipart body. The file is handed on while it comes, so what says how to read it, the
 * part `options`, stands before it.
 * @throws Problem body_invalid
 */
export async function openMultipart(headers: IncomingHttpHeaders, body: AsyncIterable<Buffer>): Promise<OpenedFile> {
  const parser = openParser(headers);
  const seen: { options: Record<string, unknown>; file: boolean; fault: Error | null } = {
    options: {},
    file: false,
    fault: null,
  };
  parser.on("field", (name, value, { valueTruncated }) => {
    try {
      if (name !== "options") throw wrongPart(name);
      if (seen.file) throw new Problem("body_invalid", "Send the part `options` before the part `file`");
      if (valueTruncated) throw new Problem("body_invalid", "The part `options` may hold 64 KB");
      seen.options = parseOptions(value);
    } catch (error) {
      seen.fault ??= error as Error;
    }
  });
  const found = new Promise<{ stream: Readable; fileName: string | null }>((resolve, reject) => {
    parser.on("file", (name, stream, { filename }) => {
      // The parser ends a part that is cut off with an error. Whoever reads the part hears of it as they read; where
      // nobody reads it any more, an error without a listener would end the process.
      stream.on("error", () => undefined);
      if (name !== "file" || seen.file) seen.fault ??= wrongPart(name);
      if (seen.file) {
        stream.resume();
        return;
      }
      seen.file = true;
      // Where what stood before the file is wrong, that is told, and not what the options then lack.
      if (seen.fault === null) resolve({ stream, fileName: filename || null });
      else reject(seen.fault);
    });
    parser.on("error", () => reject(malformed()));
    parser.on("close", () => reject(seen.fault ?? new Problem("body_invalid", "The body has no part `file`")));
  });
  const stopped = new AbortController();
  const fed = feed(parser, body, stopped.signal);
  // Whoever waits for the file hears of a fault there; this keeps it from counting as unhandled.
  fed.catch(() => undefined);
  const { stream, fileName } = await Promise.race([found, fed.then(() => found)]).catch((error: unknown) => {
    stopped.abort();
    throw error;
  });
  async function* bytes() {
    try {
      const failed = fed.then(
        () => undefined,
        (error: Error) => void stream.destroy(error),
      );
      yield* stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
      await failed;
      await fed;
      if (seen.fault !== null) throw seen.fault;
    } catch (error) {
      // The parser ends a part that is cut off with an error of its own.
      throw error instanceof Problem ? error : malformed();
    } finally {
      stopped.abort();
    }
  }
  return { fileName, options: seen.options, bytes: bytes() };
}

function openParser(headers: IncomingHttpHeaders): busboy.Busboy {
  try {
    return busboy({ headers, defParamCharset: "utf8", limits: { fieldSize: optionsBytes, fields: 20, files: 5 } });
  } catch {
    throw malformed();
  }
}

/** Writes the body into the parser, no faster than the file is read. */
async function feed(parser: busboy.Busboy, body: AsyncIterable<Buffer>, stopped: AbortSignal): Promise<void> {
  for await (const chunk of body) {
    if (parser.destroyed) throw malformed();
    if (!parser.write(chunk)) await once(parser, "drain", { signal: stopped });
  }
  const closed = once(parser, "close", { signal: stopped });
  parser.end();
  await closed.catch(() => {
    throw malformed();
  });
}

function parseOptions(value: string): Record<string, unknown> {
  const options = parseJson(value);
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    throw new Problem("body_invalid", "The part `options` is not a JSON object");
  }
  return options as Record<string, unknown>;
}

function parseJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
}

function wrongPart(name: string): Problem {
  return new Problem(
    "body_invalid",
    `The part "${name.slice(0, 80)}" is not expected: send one \`file\`, and \`options\``,
  );
}

function malformed(): Problem {
  return new Problem("body_invalid", "The multipart body is malformed or ends before its last boundary");
}
