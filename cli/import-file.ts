import type { Batch, CauseCount } from "../contract/batch.ts";
import { pageAddress } from "../contract/pages.ts";
import { RequestFailed } from "../contract/request-failed.ts";
import { describeGuesses, describeOutcome, describePlan } from "./describe-plan.ts";
import { exitOfOutcome, exitOfPlan, type ExitCode } from "./exit-codes.ts";
import { findCustomer } from "./find-customer.ts";
import { followBatch, hasEnded } from "./follow-batch.ts";
import { keepFailedRows } from "./keep-failed-rows.ts";
import { nextCommand } from "./next-command.ts";
import { offeredColumns, type OfferedColumn } from "./offered-columns.ts";
import { openFile } from "./open-file.ts";
import type { Reach } from "./reach-server.ts";
import type { ImportOrder } from "./read-arguments.ts";
import { sendFile } from "./send-file.ts";
import type { Teller } from "./teller.ts";
import { size } from "./units.ts";

/** What is known so far of an import; it holds at every moment, however the command ends. */
export type Story = {
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
export type Import = { order: ImportOrder; reach: Reach; teller: Teller; program: string; story: Story };

/**
 * Sends the file, or takes up the batch that was made of it; tells the plan; applies it and stays until the end where
 * that was asked for.
 * @throws RequestFailed, CommandFailed
 */
export async function importFile(run: Import): Promise<ExitCode> {
  const { order, reach, teller, story } = run;
  const { task, apply, wait, startAt } = order;
  const planned = task.kind === "send" ? await send(run, task) : await look(run, task.batchId);
  if (!apply && !wait && !hasEnded(planned)) return stopAtPlan(run, planned);
  if (apply && planned.state === "ready" && planned.totals.pending === 0) return await leaveFailing(run, planned);
  if (apply) {
    const version = task.kind === "send" ? planned.planVersion : task.planVersion;
    story.batch = await reach.call("applyBatch", {
      params: { batchId: planned.id },
      // Only the plan that was shown is applied.
      headers: version === null ? {} : { "if-match": `"${version}"` },
      body: startAt === null ? {} : { startAt },
    });
    if (story.batch.state === "scheduled" && !wait) {
      teller.say(`Batch ${planned.no} starts at ${story.batch.startAt ?? ""}. Look at it: ${story.page ?? ""}`);
      return exitOfPlan(planned);
    }
  }
  return await seeThrough(run, planned.id);
}

async function send(run: Import, task: ImportOrder["task"] & { kind: "send" }): Promise<Batch> {
  const { order, reach, teller } = run;
  const file = await openFile(order.file);
  try {
    const customer = await findCustomer(reach, task.customer);
    const sending = { file, customerId: customer.id, options: task.options };
    const batch = await sendFile(reach, sending, (bytes, of) => {
      const words = bytes < of ? `${size(bytes)} of ${size(of)} sent` : `${size(of)} sent; the server plans the rows`;
      teller.progress(of === 0 ? 1 : bytes / of, words);
    });
    return await look(run, batch.id);
  } finally {
    await file.handle.close();
  }
}

/** Takes a batch into the story, and tells its plan where it has not started yet. */
async function look({ order, reach, teller, program, story }: Import, batchId: string): Promise<Batch> {
  const params = { batchId };
  const [batch, causes] = await Promise.all([reach.call("getBatch", { params }), reach.call("listCauses", { params })]);
  story.batch = batch;
  story.causes = causes.items;
  story.page = order.server + pageAddress("batch", params);
  story.next = nextCommand(program, order, batchId, ["--wait"]);
  if (batch.startedAt !== null || hasEnded(batch)) return batch;
  for (const line of describePlan(batch, causes.items)) teller.say(line);
  story.guesses = await offeredColumns(reach, batchId);
  for (const line of describeGuesses(story.guesses, batch)) teller.say(line);
  return batch;
}

function stopAtPlan({ order, teller, program, story }: Import, batch: Batch): ExitCode {
  if (batch.state === "ready") {
    const version = String(batch.planVersion);
    story.next = nextCommand(program, order, batch.id, ["--plan-version", version, "--apply"]);
    teller.say(`Nothing is changed yet. Each row stands at ${story.page ?? ""}`);
    teller.say(`To apply this plan: ${story.next}`);
  } else {
    teller.say(`Batch ${batch.no} is ${batch.state}. Look at it: ${story.page ?? ""}`);
    teller.say(`To stay with it: ${story.next ?? ""}`);
  }
  return exitOfPlan(batch);
}

/** A plan in which every row fails is not applied; what is to be mended is written as at the end of a batch. */
async function leaveFailing(run: Import, batch: Batch): Promise<ExitCode> {
  run.teller.say("No row of the plan can be carried out, so nothing was applied.");
  await keepRows(run, batch.id);
  run.teller.say(`Each row stands at ${run.story.page ?? ""}`);
  run.story.next = null;
  return exitOfPlan(batch);
}

/** Stays until the end, tells the outcome and writes the failed rows beside the file. */
async function seeThrough(run: Import, batchId: string): Promise<ExitCode> {
  const { reach, teller, story } = run;
  const batch = await followBatch(reach, batchId, teller);
  const causes = await reach.call("listCauses", { params: { batchId } });
  story.batch = batch;
  story.causes = causes.items;
  for (const line of describeOutcome(batch, causes.items)) teller.say(line);
  if (batch.totals.failed + batch.totals.partial > 0) await keepRows(run, batchId);
  teller.say(`Each row, the passwords and the results stand at ${story.page ?? ""}`);
  story.next = null;
  return exitOfOutcome(batch);
}

async function keepRows({ order, reach, teller, story }: Import, batchId: string): Promise<void> {
  try {
    const { path, instead } = await keepFailedRows(reach, batchId, order.file);
    story.failedRows = path;
    teller.say(`The rows to mend are in ${path}${instead === null ? "" : `, because ${instead} was there already`}.`);
  } catch (error) {
    if (error instanceof RequestFailed || reach.stop.aborted) throw error;
    // A folder that takes no file: the rows are kept at the server all the same.
    teller.say(`The rows to mend could not be written beside the file: ${(error as Error).message}`);
  }
}
