import { basename, relative } from "node:path";
import { unreachable } from "../contract/request-failed.ts";
import { exitCodes } from "./exit-codes.ts";

/** The process as commands use it. */
export type CommandProcess = Pick<
  NodeJS.Process,
  "argv" | "cwd" | "exit" | "off" | "on" | "once" | "stdin" | "stderr" | "stdout"
>;

/**
 * Gives what `act` gives. Where nothing is left that could end it, Node would end the process with 0, as if all were done.
 * @throws RequestFailed `unreachable` in that case
 */
export async function orLost<T>(process: CommandProcess, act: () => Promise<T>): Promise<T> {
  const over = new AbortController();
  const lost = new Promise<never>((_resolve, reject) => {
    const hear = () => void setImmediate(() => reject(unreachable()));
    process.once("beforeExit", hear);
    over.signal.addEventListener("abort", () => process.off("beforeExit", hear));
  });
  try {
    return await Promise.race([act(), lost]);
  } finally {
    over.abort();
  }
}

/** Aborts at Ctrl-C. A second one, a second later or more, ends the process at once: npm passes the first on twice. */
export function stopSignal(process: CommandProcess): AbortSignal {
  const stop = new AbortController();
  let stoppedAt: number | undefined;
  const hear = () => {
    stoppedAt ??= performance.now();
    if (performance.now() - stoppedAt > 1000) process.exit(exitCodes.interrupted);
    stop.abort();
  };
  process.on("SIGINT", hear).on("SIGTERM", hear);
  return stop.signal;
}

/** How the command line was started, as one would type it here. */
export function programOf({ argv, cwd }: Pick<CommandProcess, "argv" | "cwd">): string {
  const started = argv[1] ?? "muster";
  if (/^muster(\.js)?$/.test(basename(started))) return "muster";
  const script = relative(cwd(), started);
  return `${script.endsWith(".ts") ? "npx tsx" : "node"} ${script}`;
}
