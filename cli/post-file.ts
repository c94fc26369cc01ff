import { once } from "node:events";
import { request as requestHttp, type ClientRequest, type IncomingMessage } from "node:http";
import { request as requestHttps } from "node:https";
import type { WireAnswer } from "../contract/client.ts";
import { unreachable } from "../contract/request-failed.ts";
import { type CommandFailed, wrongUsage } from "./exit-codes.ts";
import type { OpenFile } from "./open-file.ts";
import { readWhole } from "./read-whole.ts";
import { withinTime } from "./within-time.ts";

/** A file on its way, behind `head` and before `tail`, which make a form of it. */
export type PostedFile = OpenFile & { head: Buffer; tail: Buffer };

const continueMs = 1_000;
const pieceBytes = 256 * 1024;
/** A connection that takes no byte for so long takes no more. */
const stallMs = 60_000;
/** Planning a million rows takes about a minute. */
const answerMs = 10 * 60_000;

/**
 * Posts a file piece by piece, never faster than the server takes it, and gives the answer, also one that comes before
 * the end. The server may refuse by the head alone, before a byte of the file is sent: fetch cannot wait for that.
 * `onSent` hears the bytes of the file that are on their way.
 * @throws RequestFailed `unreachable` where no answer came; CommandFailed wrongUsage where the file changes meanwhile
 */
export async function postFile(
  address: string,
  file: PostedFile,
  { headers, stop, onSent }: { headers: Record<string, string>; stop: AbortSignal; onSent: (bytes: number) => void },
): Promise<WireAnswer> {
  const length = file.head.length + file.size + file.tail.length;
  const request = (address.startsWith("https:") ? requestHttps : requestHttp)(address, {
    method: "POST",
    headers: { ...headers, "content-length": length, expect: "100-continue" },
    agent: false,
    signal: stop,
  });
  request.setSocketKeepAlive(true, 30_000);
  // Whoever waits hears of an error; one that comes behind the answer is nobody's concern.
  request.on("error", () => {});
  const done = new AbortController();
  const answer = readAnswer(request).finally(() => done.abort());
  let timer: NodeJS.Timeout | undefined;
  const wait = () => (timer = setTimeout(() => request.destroy(), answerMs));
  const writing = write(request, file, done.signal, onSent).then(wait, (error: unknown) => {
    if (done.signal.aborted) return;
    request.destroy();
    throw error;
  });
  try {
    const [read] = await Promise.all([answer, writing]);
    return read;
  } finally {
    clearTimeout(timer);
    request.destroy();
  }
}

async function readAnswer(request: ClientRequest): Promise<WireAnswer> {
  try {
    const [answer] = (await once(request, "response")) as [IncomingMessage];
    return {
      status: answer.statusCode ?? 0,
      contentType: answer.headers["content-type"] ?? null,
      text: await readWhole(answer),
    };
  } catch {
    throw unreachable();
  }
}

async function write(
  request: ClientRequest,
  { handle, size, head, tail }: PostedFile,
  done: AbortSignal,
  onSent: (bytes: number) => void,
): Promise<void> {
  request.flushHeaders();
  // A proxy may know nothing of waiting.
  await withinTime(continueMs, done, (signal) => once(request, "continue", { signal })).catch(() => {});
  done.throwIfAborted();
  await push(request, head, done);
  for (let sent = 0; sent < size; onSent(sent)) {
    // Not a stream of the handle: that closes the handle when it ends early, and a second try reads it again.
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(pieceBytes), 0, pieceBytes, sent);
    sent += bytesRead;
    if (bytesRead === 0 || sent > size) throw changed();
    await push(request, buffer.subarray(0, bytesRead), done);
  }
  request.end(tail);
}

async function push(request: ClientRequest, bytes: Buffer, done: AbortSignal): Promise<void> {
  if (!request.write(bytes)) {
    await withinTime(stallMs, done, (signal) => once(request, "drain", { signal })).catch(() => {
      if (!done.aborted) throw unreachable();
    });
  }
  done.throwIfAborted();
}

function changed(): CommandFailed {
  return wrongUsage("The file changed while it was sent; send it again.");
}
