import { type CommandProcess, orLost, programOf, stopSignal } from "./command-process.ts";
import { describeFailure, type Failure } from "./describe-failure.ts";
import { exitCodes, type ExitCode } from "./exit-codes.ts";
import { hasEnded } from "./follow-batch.ts";
import { bundleRests } from "./follow-bundle.ts";
import { importBundle } from "./import-bundle.ts";
import { importFile } from "./import-file.ts";
import { emptyReport, type ImportReport, reached } from "./import-run.ts";
import { importUsage } from "./import-usage.ts";
import { serverClient } from "./server-client.ts";
import { readArguments } from "./read-arguments.ts";
import { makePrinter } from "./printer.ts";

/**
 * Carries out `import` with the words behind it, against a Muster that serves, and gives the exit code. `readSettings`
 * reads what the environment says.
 */
export async function runImport(
  args: string[],
  readSettings: Parameters<typeof readArguments>[1],
  process: CommandProcess,
): Promise<ExitCode> {
  const asJson = args.includes("--json");
  const program = programOf(process);
  const printer = makePrinter(asJson ? process.stderr : process.stdout);
  const report: ImportReport = { ...emptyReport };
  const stop = stopSignal(process);
  let server = "";
  let failure: Failure | null = null;
  let exitCode: ExitCode;
  try {
    const order = await readArguments(args, readSettings);
    if (order === "help") {
      process.stdout.write(importUsage(program));
      return exitCodes.done;
    }
    server = order.server;
    const client = serverClient(order, stop);
    const run = { order, client, printer, program, stdin: process.stdin, report };
    const { task } = order;
    exitCode = await orLost(process, () =>
      task.kind === "sendForMany" ? importBundle(run, task.options) : importFile(run, task),
    );
  } catch (error) {
    failure = stop.aborted ? interrupted(report) : describeFailure(error, server, report);
    printer.leaveLine();
    const errors = makePrinter(process.stderr);
    for (const line of failure.lines) errors.say(line);
    if (failure.exitCode === exitCodes.wrongUsage) errors.say(`${program} import --help tells how it goes.`);
    exitCode = failure.exitCode;
  }
  if (asJson) process.stdout.write(`${JSON.stringify({ exitCode, ...report, problem: failure?.problem ?? null })}\n`);
  return exitCode;
}

function interrupted(report: ImportReport): Failure {
  const { batch, bundle, page, next } = report;
  const name = reached(report);
  const still = batch === null ? bundle !== null && bundleRests(bundle) : hasEnded(batch) || batch.state === "ready";
  const lines =
    name === null
      ? ["Interrupted. Nothing was changed; where the server had the whole file, its plan waits among the batches."]
      : still
        ? [`Interrupted. How ${name} stands: ${page ?? ""}`]
        : [
            `Interrupted. ${name[0]?.toUpperCase()}${name.slice(1)} goes on at the server: ${page ?? ""}`,
            `To stay with it: ${next ?? ""}`,
          ];
  return { exitCode: exitCodes.interrupted, lines, problem: { code: "interrupted", detail: lines[0] ?? "" } };
}
