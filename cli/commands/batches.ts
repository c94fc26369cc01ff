import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { type Batch, batchStates } from "../../contract/batch.ts";
import { operations } from "../../contract/operations.ts";
import { pageAddress } from "../../contract/pages.ts";
import { refusalOf, unreachable } from "../../contract/request-failed.ts";
import { routeAddress } from "../../contract/route-address.ts";
import { command, type Surroundings, type CommandResult } from "../command.ts";
import { describeOutcome, describePlan } from "../describe-plan.ts";
import { exitCodes, exitOfOutcome, wrongUsage } from "../exit-codes.ts";
import { findBatch } from "../find-batch.ts";
import { findCustomer } from "../find-customer.ts";
import { followBatch, hasEnded } from "../follow-batch.ts";
import { readCount, readLimit } from "../read-values.ts";
import { table } from "../table.ts";
import { amountOf, count } from "../units.ts";

const batchOperand = { name: "BATCH", about: "its number, such as 12, or its id" };
const waitFlag = { wait: { about: "stays until the batch has ended" } } as const;
const outputFlag = { output: { takes: "FILE", about: "writes there instead of to standard output" } } as const;

/** All that is done to batches. */
export const batchCommands = [
  command({
    words: "batches list",
    summary: "lists batches, the latest first",
    operands: [],
    flags: {
      customer: { takes: "WHO", about: "of this customer: its id, its exact name or one of its domains" },
      state: { takes: "STATE", values: batchStates, about: "in this state" },
      limit: { takes: "N", about: "as many at the most, 1 to 500; 20 unless told" },
    },
    async run({ client, flags }) {
      const state = batchStates.find((one) => one === flags.state);
      const customer = flags.customer === undefined ? undefined : await findCustomer(client, flags.customer);
      const query = {
        limit: readLimit(flags.limit),
        ...(customer && { customerId: customer.id }),
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
    run: async (asked) => await seeThrough(asked, (await findBatch(asked.client, asked.operands[0])).id),
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
      if (flags.wait) return await seeThrough(asked, id);
      const exitCode = batch.state === "awaiting_approval" ? exitCodes.awaitsApproval : exitCodes.done;
      return { ...(await show(asked, batch)), exitCode };
    },
  }),
  command({
    words: "batches retry",
    summary: "tries the failed and partial rows of a batch again",
    operands: [batchOperand],
    flags: waitFlag,
    async run(asked) {
      const { id } = await findBatch(asked.client, asked.operands[0]);
      const batch = await asked.client.call("retryBatch", { params: { batchId: id }, body: {} });
      return asked.flags.wait ? await seeThrough(asked, id) : await show(asked, batch);
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
  download("results", "gives the file with the outcome of each row, as CSV", "downloadResults"),
  download("failed", "gives the rows that failed, ready to mend and send again, as CSV", "downloadFailed"),
  download("passwords", "gives the temporary passwords of a batch as CSV; each time is audited", "downloadPasswords"),
];

function download(name: string, summary: string, route: "downloadResults" | "downloadFailed" | "downloadPasswords") {
  return command({
    words: `batches ${name}`,
    summary,
    operands: [batchOperand],
    flags: outputFlag,
    async run({ client, operands, flags, process, json }) {
      const file = flags.output;
      if (json && file === undefined) throw wrongUsage("--json goes with --output here: standard output is the file.");
      const { id, no } = await findBatch(client, operands[0]);
      const method = route === "downloadPasswords" ? "POST" : "GET";
      const answer = await client.open(routeAddress(route, { params: { batchId: id } }), method);
      if (answer.status !== 200) throw refusalOf(answer.status, await answer.text().catch(() => ""));
      if (answer.headers.get("content-type")?.startsWith("text/csv") !== true || answer.body === null) {
        throw unreachable(answer.status);
      }
      // Passwords are for its owner alone; a file that is there is never written over.
      const target = file === undefined ? process.stdout : createWriteStream(file, { flags: "wx", mode: 0o600 });
      await pipeline(answer.body, target, { end: file !== undefined }).catch((error: NodeJS.ErrnoException) => {
        if (error.syscall === undefined) throw unreachable();
        throw wrongUsage(`The file ${file ?? ""} cannot be written (${error.code ?? "unknown"}).`);
      });
      return { lines: file === undefined ? [] : [`The ${name} of batch ${no} are in ${file}.`], result: { file } };
    },
  });
}

async function show({ client }: Surroundings, batch: Batch): Promise<CommandResult> {
  const { items } = await client.call("listCauses", { params: { batchId: batch.id } });
  const lines =
    batch.startedAt === null && !hasEnded(batch) ? describePlan(batch, items) : describeOutcome(batch, items);
  const page = client.server + pageAddress("batch", { batchId: batch.id });
  return { lines: [...lines, `See each row at ${page}`], result: { page, batch, causes: items } };
}

async function seeThrough(asked: Surroundings, batchId: string): Promise<CommandResult> {
  const batch = await followBatch(asked.client, batchId, asked.printer);
  return { ...(await show(asked, batch)), exitCode: exitOfOutcome(batch) };
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
