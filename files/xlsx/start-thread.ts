import { on } from "node:events";
import { Worker } from "node:worker_threads";
import { Problem } from "../../contract/problem.ts";
import { workbookTooLarge, tooSlow } from "./workbook-problems.ts";
import type { ThreadMessage, ThreadWork } from "./workbook-thread.ts";

/** A thread that reads one workbook. */
export type WorkbookThread = {
  /**
   * The next message but `refused`, which is thrown. Not to be asked again after the piece `end`.
   * @throws Problem as `readWorkbookFile` says, workbook_too_slow
   */
  next(): Promise<Exclude<ThreadMessage, { kind: "refused" }>>;
  /** Ends the thread, wherever it is; resolves when it is gone and no longer reads the file. */
  stop(): Promise<void>;
};

// A net: the shared strings are outside the heap and bounded by themselves, rows are gone when they are sent.
const heapMb = 256;

// One piece is read while the one before it is taken.
const piecesAhead = 2;

/** Starts a thread for the workbook in an open file, which must stay open until the thread is gone. */
export function startThread(work: ThreadWork): WorkbookThread {
  const worker = new Worker(threadFile(), {
    workerData: work,
    // The flags of the process are not the thread's.
    execArgv: isSource ? ["--import", sourceLoader()] : [],
    resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: 32 },
  });
  const late = new AbortController();
  const messages = on(worker, "message", { signal: late.signal, close: ["exit"] });
  const askForPiece = () => worker.postMessage(null, []);
  for (let ahead = 0; ahead < piecesAhead; ahead++) askForPiece();

  let leftMs = work.limits.maxMs;
  async function arrival(): Promise<ThreadMessage> {
    const started = performance.now();
    const timer = setTimeout(() => late.abort(), leftMs);
    try {
      const { value, done } = await messages.next();
      if (done === true) throw new Error("the thread that reads the workbook ended before it was done");
      return (value as [ThreadMessage])[0];
    } catch (error) {
      if (late.signal.aborted) throw tooSlow(work.limits.maxMs / 1000);
      throw isOutOfMemory(error)
        ? workbookTooLarge(`Reading the workbook takes more than ${heapMb} MB of memory, the most that is given to one`)
        : error;
    } finally {
      clearTimeout(timer);
      leftMs = Math.max(0, leftMs - (performance.now() - started));
    }
  }

  return {
    async next() {
      const message = await arrival();
      if (message.kind === "refused") {
        throw new Problem(message.code, message.message, { sheets: message.sheets });
      }
      askForPiece();
      return message;
    },
    stop: async () => void (await worker.terminate()),
  };
}

function isOutOfMemory(error: unknown): boolean {
  return (error as { code?: string }).code === "ERR_WORKER_OUT_OF_MEMORY";
}

// In development and in tests; what is built has no TypeScript, and no tsx beside it.
const isSource = import.meta.url.endsWith(".ts");

function threadFile(): URL {
  return isSource ? new URL("workbook-thread.ts", import.meta.url) : new URL("workbook-thread.js", import.meta.url);
}

/** A module that teaches a thread TypeScript: on Node 20 a thread does not have the loader of its process. */
function sourceLoader(): string {
  const code = `import { register } from ${JSON.stringify(import.meta.resolve("tsx/esm/api"))}; register();`;
  return `data:text/javascript,${encodeURIComponent(code)}`;
}
