import { open, unlink, type FileHandle } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { refusalOf, RequestFailed, unreachable } from "../contract/request-failed.ts";
import { routeAddress } from "../contract/route-address.ts";
import { nameOf } from "./read-arguments.ts";
import type { ServerClient } from "./server-client.ts";
import { withinTime } from "./within-time.ts";

/** Where the failed rows are now; `instead` is the name that was taken by another file. */
export type KeptRows = { path: string; instead: string | null };

const mostFiles = 1_000;
const mostTries = 3;
const betweenMs = 1_000;
const silenceMs = 60_000;

/**
 * Writes the rows of a batch that failed or ended in part beside `file`: people.failed.csv for people.xlsx, and
 * people.failed-2.csv where that is taken.
 * @throws RequestFailed; Error of the file system
 */
export async function keepFailedRows(client: ServerClient, batchId: string, file: string): Promise<KeptRows> {
  const { handle, path, instead } = await openNew(file);
  try {
    for (let tries = 1; ; tries++) {
      try {
        await copy(client, batchId, handle);
        return { path, instead };
      } catch (error) {
        if (client.stop.aborted || !(error instanceof RequestFailed) || tries >= mostTries) throw error;
        await pause(betweenMs, undefined, { signal: client.stop });
        await handle.truncate(0);
      }
    }
  } catch (error) {
    // Half of the rows would pass for all of them.
    await unlink(path).catch(() => {});
    throw error;
  } finally {
    await handle.close();
  }
}

async function copy(client: ServerClient, batchId: string, handle: FileHandle): Promise<void> {
  const answer = await client.open(routeAddress("downloadFailed", { params: { batchId } }));
  if (answer.status !== 200) throw refusalOf(answer.status, await answer.text().catch(() => ""));
  if (answer.headers.get("content-type")?.startsWith("text/csv") !== true) throw unreachable(answer.status);
  let at = 0;
  for await (const piece of piecesOf(answer, client.stop)) {
    await handle.write(piece, 0, piece.length, at);
    at += piece.length;
  }
}

async function* piecesOf({ body }: Response, stop: AbortSignal): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader();
  if (reader === undefined) return;
  for (;;) {
    const read = await withinTime(silenceMs, stop, () => reader.read()).catch(() => {
      stop.throwIfAborted();
      throw unreachable();
    });
    if (read.done) return;
    yield read.value;
  }
}

async function openNew(file: string): Promise<KeptRows & { handle: FileHandle }> {
  // The failed rows of a file of failed rows go beside it and not behind it.
  const stem = basename(nameOf(file), extname(nameOf(file))).replace(/\.failed(-\d+)?$/, "");
  const first = join(dirname(file), `${stem}.failed.csv`);
  for (let number = 1; ; number++) {
    const path = number === 1 ? first : join(dirname(file), `${stem}.failed-${number}.csv`);
    try {
      return { handle: await open(path, "wx"), path, instead: number === 1 ? null : first };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST" || number === mostFiles) throw error;
    }
  }
}
