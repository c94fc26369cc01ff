import { type Batch, batchSchema } from "../contract/batch.ts";
import { pageAddress } from "../contract/pages.ts";
import { routeAddress } from "../contract/route-address.ts";
import { describeGuesses, describeOutcome, describePlan } from "./describe-plan.ts";
import { CommandFailed, exitCodes, exitOfOutcome, exitOfPlan, type ExitCode } from "./exit-codes.ts";
import { findCustomer } from "./find-customer.ts";
import { followBatch, hasEnded } from "./follow-batch.ts";
import { type Import, keepAndSay, sendOrdered } from "./import-run.ts";
import { nextCommand, ownCommand } from "./next-command.ts";
import { offeredColumns } from "./offered-columns.ts";
import type { ImportTask } from "./read-arguments.ts";

/**
 * Sends the file, or takes up the batch that was made of it; tells the plan; applies it and stays until the end where
 * that was asked for.
 * @throws RequestFailed, CommandFailed
 */
export async function importFile(run: Import, task: Exclude<ImportTask, { kind: "sendForMany" }>): Promise<ExitCode> {
  const { order, client, printer, report } = run;
  const { apply, wait, startAt, confirm } = order;
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
  return await seeThrough(run, report.batch ?? planned);
}

async function send(run: Import, { customer, options }: ImportTask & { kind: "send" }): Promise<Batch> {
  const batch = await sendOrdered(run, batchSchema, options, async () => {
    const { id: customerId } = await findCustomer(run.client, customer);
    return routeAddress("createUpload", { params: { customerId } });
  });
  return await look(run, batch.id);
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
function stopAtApproval({ printer, program, report }: Import, batch: Batch): ExitCode {
  printer.say(`Batch ${batch.no} awaits the approval of another agent: ${batch.approval?.why ?? ""}`);
  printer.say(`They approve it at ${report.page ?? ""}, or by: ${ownCommand(program, "approve", batch)}`);
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

/** Stays until the end, tells the outcome and writes the failed rows beside the file. A plan that was refused is one as before. */
async function seeThrough(run: Import, known: Batch): Promise<ExitCode> {
  const { client, printer, report } = run;
  const { batch, refused } = await followBatch(client, known, run);
  const batchId = batch.id;
  report.batch = batch;
  if (!hasEnded(batch)) {
    stopAtPlan(run, batch);
    return exitCodes.refused;
  }
  const causes = await client.call("listCauses", { params: { batchId } });
  report.causes = causes.items;
  for (const line of describeOutcome(batch, causes.items)) printer.say(line);
  if (batch.totals.failed + batch.totals.partial > 0) await keepRows(run, batchId);
  printer.say(`The rows, passwords and results are at ${report.page ?? ""}`);
  report.next = null;
  return exitOfOutcome(batch, refused);
}

async function keepRows(run: Import, batchId: string): Promise<void> {
  const address = routeAddress("downloadFailed", { params: { batchId } });
  run.report.failedRows = await keepAndSay(run, address, "failed", "The rows to mend are");
}
