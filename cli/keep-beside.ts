import { open, unlink, type FileHandle } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { RequestFailed, unreachable } from "../contract/request-failed.ts";
import { openServerCsv } from "./open-server-csv.ts";
import { nameOf } from "./read-arguments.ts";
import type { ServerClient } from "./server-client.ts";
import { withinTime } from "./within-time.ts";

/** Where the rows are now; `instead` is the name that was taken by another file. */
type KeptRows = { path: string; instead: string | null };

const mostFiles = 1_000;
const mostTries = 3;
const betweenMs = 1_000;
const silenceMs = 60_000;

/**
 * Writes the CSV that the server has at `address` beside `file`: people.failed.csv for people.xlsx and the ending "failed", and
 * people.failed-2.csv where that is taken.
 * @throws RequestFailed; Error of the file system
 */
export async function keepBeside(
  client: ServerClient,
  address: string,
  file: string,
  ending: string,
): Promise<KeptRows> {
  const { handle, path, instead } = await openNew(file, ending);
  try {
    for (let tries = 1; ; tries++) {
      try {
        await copy(client, address, handle);
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

async function copy(client: ServerClient, address: string, handle: FileHandle): Promise<void> {
  const body = await openServerCsv(client, address);
  let at = 0;
  for await (const piece of piecesOf(body, client.stop)) {
    await handle.write(piece, 0, piece.length, at);
    at += piece.length;
  }
}

async function* piecesOf(
  body: Awaited<ReturnType<typeof openServerCsv>>,
  stop: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  for (;;) {
    const read = await withinTime(silenceMs, stop, () => reader.read()).catch(() => {
      stop.throwIfAborted();
      throw unreachable();
    });
    if (read.done) return;
    yield read.value;
  }
}

async function openNew(file: string, ending: string): Promise<KeptRows & { handle: FileHandle }> {
  // The failed rows of a file of failed rows go beside it and not behind it.
  const stem = basename(nameOf(file), extname(nameOf(file))).replace(/\.(failed|results)(-\d+)?$/, "");
  const first = join(dirname(file), `${stem}.${ending}.csv`);
  for (let number = 1; ; number++) {
    const path = number === 1 ? first : join(dirname(file), `${stem}.${ending}-${number}.csv`);
    try {
      return { handle: await open(path, "wx"), path, instead: number === 1 ? null : first };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST" || number === mostFiles) throw error;
    }
  }
}
