import type { Readable } from "node:stream";
import type { Batch, CauseCount } from "../contract/batch.ts";
import { pageAddress } from "../contract/pages.ts";
import { RequestFailed } from "../contract/request-failed.ts";
import { describeGuesses, describeOutcome, describePlan } from "./describe-plan.ts";
import { CommandFailed, exitCodes, exitOfOutcome, exitOfPlan, type ExitCode } from "./exit-codes.ts";
import { findCustomer } from "./find-customer.ts";
import { followBatch, hasEnded } from "./follow-batch.ts";
import { keepFailedRows } from "./keep-failed-rows.ts";
import { nextCommand } from "./next-command.ts";
import { offeredColumns, type OfferedColumn } from "./offered-columns.ts";
import { openFile } from "./open-file.ts";
import type { ServerClient } from "./server-client.ts";
import type { ImportOrder } from "./read-arguments.ts";
import { sendFile } from "./send-file.ts";
import type { Printer } from "./printer.ts";
import { size } from "./units.ts";

/** What is known so far of an import; it holds at every moment, however the command ends. */
export type ImportReport = {
  /** The address of the batch's page. */
  page: string | null;
  batch: Batch | null;
  causes: CauseCount[];
  /** What the server offers for columns that stand for nothing so far. */
  guesses: OfferedColumn[];
  /** Where the failed rows were written. */
  failedRows: string | null;
  /** The command that goes on from here. */
  next: string | null;
};

/** An import under way; `program` is how the command was started. */
export type Import = {
  order: ImportOrder;
  client: ServerClient;
  printer: Printer;
  program: string;
  stdin: Readable;
  report: ImportReport;
};

/**
 * Sends the file, or takes up the batch that was made of it; tells the plan; applies it and stays until the end where
 * that was asked for.
 * @throws RequestFailed, CommandFailed
 */
export async function importFile(run: Import): Promise<ExitCode> {
  const { order, client, printer, report } = run;
  const { task, apply, wait, startAt, confirm } = order;
  const planned = task.kind === "send" ? await send(run, task) : await look(run, task.batchId);
  if (!apply && !wait && !hasEnded(planned)) return stopAtPlan(run, planned);
  if (apply && planned.state === "ready" && planned.totals.pending === 0) return await leaveFailing(run, planned);
  if (apply) {
    requireConfirmed(run, planned);
    const version = task.kind === "send" ? planned.planVersion : task.planVersion;
    report.batch = await client.call("applyBatch", {
      params: { batchId: planned.id },
      // Only the plan that was shown is applied.
      headers: version === null ? {} : { "if-match": `"${version}"` },
      body: { ...(startAt !== null && { startAt }), ...(confirm !== null && { confirm }) },
    });
    if (report.batch.state === "awaiting_approval" && !wait) return stopAtApproval(run, report.batch);
    if (report.batch.state === "scheduled" && !wait) {
      printer.say(`Batch ${planned.no} starts at ${report.batch.startAt ?? ""}. Look at it: ${report.page ?? ""}`);
      return exitOfPlan(planned);
    }
  }
  return await seeThrough(run, planned.id);
}

async function send(run: Import, task: ImportOrder["task"] & { kind: "send" }): Promise<Batch> {
  const { order, client, printer, stdin } = run;
  const file = await openFile(order.file, stdin);
  try {
    const customer = await findCustomer(client, task.customer);
    const sending = { file, customerId: customer.id, options: task.options };
    const batch = await sendFile(client, sending, (bytes, of) => {
      const words = bytes < of ? `${size(bytes)} of ${size(of)} sent` : `${size(of)} sent; the server plans the rows`;
      printer.progress(of === 0 ? 1 : bytes / of, words);
    });
    return await look(run, batch.id);
  } finally {
    await file.handle.close();
  }
}

/** Takes a batch into the report, and tells its plan where it has not started yet. */
async function look({ order, client, printer, program, report }: Import, batchId: string): Promise<Batch> {
  const params = { batchId };
  const [batch, causes] = await Promise.all([
    client.call("getBatch", { params }),
    client.call("listCauses", { params }),
  ]);
  report.batch = batch;
  report.causes = causes.items;
  report.page = order.server + pageAddress("batch", params);
  report.next = nextCommand(program, order, batchId, ["--wait"]);
  if (batch.startedAt !== null || hasEnded(batch)) return batch;
  for (const line of describePlan(batch, causes.items)) printer.say(line);
  report.guesses = await offeredColumns(client, batchId);
  for (const line of describeGuesses(report.guesses, batch)) printer.say(line);
  return batch;
}

function stopAtPlan({ order, printer, program, report }: Import, batch: Batch): ExitCode {
  if (batch.state === "ready") {
    const version = String(batch.planVersion);
    report.next = nextCommand(program, order, batch.id, ["--plan-version", version, "--apply"]);
    printer.say(`Nothing is changed yet. See each row at ${report.page ?? ""}`);
    printer.say(`To apply this plan: ${report.next}`);
  } else {
    printer.say(`Batch ${batch.no} is ${batch.state}. Look at it: ${report.page ?? ""}`);
    printer.say(`To stay with it: ${report.next ?? ""}`);
  }
  return exitOfPlan(batch);
}

/** A plan that hits several users is applied by whoever names how many. @throws CommandFailed */
function requireConfirmed({ order, program }: Import, { id, brake, planVersion }: Batch): void {
  if (brake.needs !== "confirmation" || order.confirm === brake.users) return;
  const more = ["--plan-version", String(planVersion), "--confirm", String(brake.users), "--apply"];
  const next = nextCommand(program, order, id, more);
  throw new CommandFailed(exitCodes.refused, `${brake.why ?? ""} To apply it, name that number: ${next}`);
}

/** The plan waits for a second agent, and is carried out by itself once they say yes. */
function stopAtApproval({ printer, report }: Import, batch: Batch): ExitCode {
  printer.say(`Batch ${batch.no} awaits the approval of another agent: ${batch.approval?.why ?? ""}`);
  printer.say(`They approve it at ${report.page ?? ""}; an Admin agent can also raise the limits of the customer.`);
  printer.say(`To stay with it: ${report.next ?? ""}`);
  return exitCodes.awaitsApproval;
}

/** A plan in which every row fails is not applied; what is to be mended is written as at the end of a batch. */
async function leaveFailing(run: Import, batch: Batch): Promise<ExitCode> {
  run.printer.say("No row of the plan can be carried out, so nothing was applied.");
  await keepRows(run, batch.id);
  run.printer.say(`See each row at ${run.report.page ?? ""}`);
  run.report.next = null;
  return exitOfPlan(batch);
}

/** Stays until the end, tells the outcome and writes the failed rows beside the file. */
async function seeThrough(run: Import, batchId: string): Promise<ExitCode> {
  const { client, printer, report } = run;
  const batch = await followBatch(client, batchId, printer);
  const causes = await client.call("listCauses", { params: { batchId } });
  report.batch = batch;
  report.causes = causes.items;
  for (const line of describeOutcome(batch, causes.items)) printer.say(line);
  if (batch.totals.failed + batch.totals.partial > 0) await keepRows(run, batchId);
  printer.say(`The rows, passwords and results are at ${report.page ?? ""}`);
  report.next = null;
  return exitOfOutcome(batch);
}

async function keepRows({ order, client, printer, report }: Import, batchId: string): Promise<void> {
  try {
    const { path, instead } = await keepFailedRows(client, batchId, order.file);
    report.failedRows = path;
    printer.say(`The rows to mend are in ${path}${instead === null ? "" : `, because ${instead} was there already`}.`);
  } catch (error) {
    if (error instanceof RequestFailed || client.stop.aborted) throw error;
    // A folder that takes no file: the rows are kept at the server all the same.
    printer.say(`The rows to mend could not be written beside the file: ${(error as Error).message}`);
  }
}
