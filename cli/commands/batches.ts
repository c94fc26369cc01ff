import { type Batch, batchStates } from "../../contract/batch.ts";
import { operations } from "../../contract/operations.ts";
import { pageAddress } from "../../contract/pages.ts";
import { routeAddress } from "../../contract/route-address.ts";
import { command, type Surroundings, type CommandResult } from "../command.ts";
import { describeOutcome, describePlan } from "../describe-plan.ts";
import { download, outputFlag } from "../download.ts";
import { programOf } from "../command-process.ts";
import { exitCodes, exitOfOutcome, wrongUsage } from "../exit-codes.ts";
import { findBatch } from "../find-batch.ts";
import { findCustomer } from "../find-customer.ts";
import { followBatch, hasEnded } from "../follow-batch.ts";
import { findBundle } from "../read-bundle.ts";
import { ownCommand } from "../next-command.ts";
import { noteFlag, noteOf } from "../note-flag.ts";
import { readCount, readLimit } from "../read-values.ts";
import { table } from "../table.ts";
import { amountOf, count } from "../units.ts";

const batchOperand = { name: "BATCH", about: "its number, such as 12, or its id" };
const waitFlag = { wait: { about: "stays until the batch has ended" } } as const;

/** All that is done to batches. */
export const batchCommands = [
  command({
    words: "batches list",
    summary: "lists batches, the latest first",
    operands: [],
    flags: {
      customer: { takes: "WHO", about: "of this customer: its id, its exact name or one of its domains" },
      bundle: { takes: "BUNDLE", about: "of this file for many customers: its number or its id" },
      state: { takes: "STATE", values: batchStates, about: "in this state" },
      limit: { takes: "N", about: "as many at the most, 1 to 500; 20 unless told" },
    },
    async run({ client, flags }) {
      const state = batchStates.find((one) => one === flags.state);
      const customer = flags.customer === undefined ? undefined : await findCustomer(client, flags.customer);
      const bundle = flags.bundle === undefined ? undefined : await findBundle(client, flags.bundle);
      const query = {
        limit: readLimit(flags.limit),
        ...(customer && { customerId: customer.id }),
        ...(bundle && { bundleId: bundle.id }),
        ...(state && { state }),
      };
      const page = await client.call("listBatches", { query });
      return {
        lines: table(["No", "Customer", "What", "State", "Rows", "Failed", "Made"], page.items.map(cells)),
        result: page,
      };
    },
  }),
  command({
    words: "batches show",
    summary: "tells the plan of a batch, or how far it is, with its causes",
    operands: [batchOperand],
    flags: {},
    run: async (asked) => await show(asked, await findBatch(asked.client, asked.operands[0])),
  }),
  command({
    words: "batches wait",
    summary: "stays until a batch has ended, and ends as import does",
    operands: [batchOperand],
    flags: {},
    run: async (asked) => await seeThrough(asked, await findBatch(asked.client, asked.operands[0])),
  }),
  command({
    words: "batches apply",
    summary: "carries out the plan of a batch",
    operands: [batchOperand],
    flags: {
      ...waitFlag,
      "start-at": { takes: "TIME", about: "starts then, such as 2026-05-01T20:00:00+02:00" },
      confirm: { takes: "N", about: "the number of users that the plan hits, where it needs that" },
      "plan-version": { takes: "N", about: "this version of the plan or none" },
    },
    async run(asked) {
      const { client, operands, flags } = asked;
      const { id } = await findBatch(client, operands[0]);
      const [version, confirm] = [
        readCount("plan-version", flags["plan-version"]),
        readCount("confirm", flags.confirm),
      ];
      const startAt = flags["start-at"];
      const batch = await client.call("applyBatch", {
        params: { batchId: id },
        headers: version === null ? {} : { "if-match": `"${version}"` },
        body: { ...(startAt !== undefined && { startAt }), ...(confirm !== null && { confirm }) },
      });
      if (flags.wait) return await seeThrough(asked, batch);
      return await showStarted(asked, batch);
    },
  }),
  command({
    words: "batches retry",
    summary: "tries the failed and partial rows of a batch again",
    operands: [batchOperand],
    flags: {
      ...waitFlag,
      confirm: { takes: "N", about: "the number of users that the rows hit, where they need that" },
    },
    async run(asked) {
      const { id } = await findBatch(asked.client, asked.operands[0]);
      const confirm = readCount("confirm", asked.flags.confirm);
      const body = confirm === null ? {} : { confirm };
      const batch = await asked.client.call("retryBatch", { params: { batchId: id }, body });
      return asked.flags.wait ? await seeThrough(asked, batch) : await showStarted(asked, batch);
    },
  }),
  command({
    words: "batches approve",
    summary: "says yes to a plan or a retry that another agent asked for; it starts then",
    operands: [batchOperand],
    flags: {
      ...waitFlag,
      "plan-version": { takes: "N", about: "the version of the plan that you have looked at, which show tells" },
      ...noteFlag,
    },
    async run(asked) {
      const { id, planVersion } = await decided(asked);
      if (planVersion === null) {
        throw wrongUsage("Say which version of the plan you have looked at: --plan-version, which batches show tells");
      }
      const body = { planVersion, ...noteOf(asked.flags) };
      const batch = await asked.client.call("approveBatch", { params: { batchId: id }, body });
      return asked.flags.wait ? await seeThrough(asked, batch) : await show(asked, batch);
    },
  }),
  command({
    words: "batches refuse",
    summary: "says no to what an agent asked for, or takes your own question back",
    operands: [batchOperand],
    flags: {
      "plan-version": { takes: "N", about: "this version of the plan or none" },
      ...noteFlag,
    },
    async run(asked) {
      const { id, planVersion, current } = await decided(asked);
      const body = { planVersion: planVersion ?? current, ...noteOf(asked.flags) };
      return await show(asked, await asked.client.call("refuseBatch", { params: { batchId: id }, body }));
    },
  }),
  command({
    words: "batches resume",
    summary: "goes on with a batch that is paused",
    operands: [batchOperand],
    flags: waitFlag,
    async run(asked) {
      const { id } = await findBatch(asked.client, asked.operands[0]);
      const batch = await asked.client.call("resumeBatch", { params: { batchId: id } });
      return asked.flags.wait ? await seeThrough(asked, batch) : await show(asked, batch);
    },
  }),
  command({
    words: "batches cancel",
    summary: "cancels what a batch has not done yet",
    operands: [batchOperand],
    flags: {},
    async run(asked) {
      const { id } = await findBatch(asked.client, asked.operands[0]);
      return await show(asked, await asked.client.call("cancelBatch", { params: { batchId: id } }));
    },
  }),
  command({
    words: "batches undo",
    summary: "plans a batch that undoes another; apply that one then",
    operands: [batchOperand],
    flags: {},
    async run(asked) {
      const { id } = await findBatch(asked.client, asked.operands[0]);
      return await show(asked, await asked.client.call("undoBatch", { params: { batchId: id } }));
    },
  }),
  downloads("results", "gives the file with the outcome of each row, as CSV", "downloadResults"),
  downloads("failed", "gives the rows that failed, ready to mend and send again, as CSV", "downloadFailed"),
  downloads("passwords", "gives the temporary passwords of a batch as CSV; each time is audited", "downloadPasswords"),
  command({
    words: "batches links",
    summary: "makes a one-time link for each temporary password of a batch, as CSV or as a mail; earlier links end",
    operands: [batchOperand],
    flags: {
      ...outputFlag,
      hours: { takes: "N", about: "lets the links last so long, 1 to 168; 72 unless told" },
      "mail-to": { takes: "ADDRESS", about: "mails them there, to whoever hands them on, instead" },
    },
    async run(asked) {
      const { client, operands, flags } = asked;
      const hours = readCount("hours", flags.hours);
      const body = hours === null ? {} : { expiresInHours: hours };
      const mailTo = flags["mail-to"];
      if (mailTo === undefined) {
        return await download(asked, flags.output, async () => {
          const { id: batchId, no } = await findBatch(client, operands[0]);
          return { address: routeAddress("makeLinks", { params: { batchId } }), body, name: `links of batch ${no}` };
        });
      }
      if (flags.output !== undefined) throw wrongUsage("--mail-to and --output do not go together.");
      const { id: batchId, no } = await findBatch(client, operands[0]);
      await client.call("mailLinks", { params: { batchId }, body: { ...body, mailTo } });
      return { lines: [`The links of batch ${no} were mailed to ${mailTo}.`], result: { mailedTo: mailTo } };
    },
  }),
];

function downloads(name: string, summary: string, route: "downloadResults" | "downloadFailed" | "downloadPasswords") {
  return command({
    words: `batches ${name}`,
    summary,
    operands: [batchOperand],
    flags: outputFlag,
    run: async (asked) =>
      await download(asked, asked.flags.output, async () => {
        const { id: batchId, no } = await findBatch(asked.client, asked.operands[0]);
        const all = route === "downloadPasswords" ? { body: {} } : {};
        return { address: routeAddress(route, { params: { batchId } }), ...all, name: `${name} of batch ${no}` };
      }),
  });
}

async function show({ client, process }: Surroundings, batch: Batch): Promise<CommandResult> {
  const { items } = await client.call("listCauses", { params: { batchId: batch.id } });
  const lines =
    batch.startedAt === null && !hasEnded(batch) ? describePlan(batch, items) : describeOutcome(batch, items);
  const page = client.server + pageAddress("batch", { batchId: batch.id });
  return {
    lines: [...lines, ...waitingLines(programOf(process), batch), `See each row at ${page}`],
    result: { page, batch, causes: items },
  };
}

/** What somebody can do about a batch that waits for them. */
function waitingLines(program: string, batch: Batch): string[] {
  if (batch.state === "paused") return [`To go on with it: ${ownCommand(program, "resume", batch)}`];
  if (batch.state !== "awaiting_approval") return [];
  return [`Another agent than ${batch.approval?.askedBy ?? ""} approves it: ${ownCommand(program, "approve", batch)}`];
}

type Deciding = Surroundings & { operands: string[]; flags: { "plan-version": string | undefined } };

/** The batch that is decided about, and the version of its plan that was named. */
async function decided({ client, operands, flags }: Deciding) {
  const { id, planVersion: current } = await findBatch(client, operands[0]);
  return { id, current, planVersion: readCount("plan-version", flags["plan-version"]) };
}

/** Shows a batch that was to start or to go on; one that a second agent has to approve ends the command otherwise. */
async function showStarted(asked: Surroundings, batch: Batch): Promise<CommandResult> {
  const exitCode = batch.state === "awaiting_approval" ? exitCodes.awaitsApproval : exitCodes.done;
  return { ...(await show(asked, batch)), exitCode };
}

async function seeThrough(asked: Surroundings, known: Batch): Promise<CommandResult> {
  const { client, printer, process } = asked;
  const { batch, refused } = await followBatch(client, known, { printer, program: programOf(process) });
  return { ...(await show(asked, batch)), exitCode: exitOfOutcome(batch, refused) };
}

function cells({ no, customerName, operation, state, totals, createdAt }: Batch): string[] {
  const { rows, failed, partial } = totals;
  const { label } = operations[operation];
  return [
    String(no),
    customerName,
    label,
    state,
    amountOf(rows, "row"),
    count(failed + partial),
    createdAt.slice(0, 16),
  ];
}
