import { on } from "node:events";
import { parentPort, workerData, type MessagePort } from "node:worker_threads";
import { Problem } from "../../contract/problem.ts";
import { readWorkbookFile, type WorkbookAsk, type WorkbookPiece } from "./read-workbook-file.ts";

/** What the thread is started with: the number of an open file, which threads of a process share. */
export type ThreadWork = WorkbookAsk & { fd: number };

/** What the thread sends, one for each message that it gets; `refused` and the piece `end` are the last. */
export type ThreadMessage =
  | WorkbookPiece
  | { kind: "refused"; code: Problem["code"]; message: string; sheets: string[] };

/** Reads a workbook apart from the thread that serves requests. This file is the thread's own. */
async function main(port: MessagePort, { fd, ...ask }: ThreadWork): Promise<void> {
  const pieces = readWorkbookFile(fd, ask);
  const asked = on(port, "message");
  while ((await asked.next()).done !== true) {
    const piece = await nextPiece(pieces);
    if (piece === null) break;
    port.postMessage(piece);
    if (piece.kind === "refused") break;
  }
  port.close();
}

async function nextPiece(pieces: AsyncGenerator<WorkbookPiece>): Promise<ThreadMessage | null> {
  try {
    const piece = await pieces.next();
    return piece.done === true ? null : piece.value;
  } catch (error) {
    if (error instanceof Problem) {
      const { code, message, sheets } = error;
      return { kind: "refused", code, message, sheets };
    }
    throw error;
  }
}

if (parentPort !== null) await main(parentPort, workerData as ThreadWork);
