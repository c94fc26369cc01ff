import type { Bundle, BundleDecision, DecidedBundle, Question } from "../../contract/bundle.ts";
import { operations } from "../../contract/operations.ts";
import { pageAddress } from "../../contract/pages.ts";
import { routeAddress } from "../../contract/route-address.ts";
import { command, type CommandResult, type Surroundings } from "../command.ts";
import { programOf } from "../command-process.ts";
import { describeBundle } from "../describe-bundle.ts";
import { describeQuestions } from "../describe-questions.ts";
import { download, outputFlag } from "../download.ts";
import { CommandFailed, exitCodes, exitOfBundle, wrongUsage } from "../exit-codes.ts";
import { bundleHasEnded, followBundle } from "../follow-bundle.ts";
import { noteFlag, noteOf } from "../note-flag.ts";
import { findBundle, questionsOf, readBundle } from "../read-bundle.ts";
import { readCount, readLimit } from "../read-values.ts";
import { table } from "../table.ts";
import { amountOf, count } from "../units.ts";

const bundleOperand = { name: "BUNDLE", about: "the number of the file, such as 3, or its id" };
const waitFlag = { wait: { about: "stays until all batches of the file have ended" } } as const;

/** What is done to files for many customers as a whole; `batches` goes on with single batches of them. */
export const bundleCommands = [
  command({
    words: "bundles list",
    summary: "lists files for many customers, the latest first",
    operands: [],
    flags: { limit: { takes: "N", about: "as many at the most, 1 to 500; 20 unless told" } },
    async run({ client, flags }) {
      const page = await client.call("listBundles", { query: { limit: readLimit(flags.limit) } });
      const titles = ["No", "File", "What", "Customers", "Rows", "Pending", "Failed", "Refused", "Made"];
      return { lines: table(titles, page.items.map(cells)), result: page };
    },
  }),
  command({
    words: "bundles show",
    summary: "tells how a file for many customers stands, and which of its batches somebody has to see to",
    operands: [bundleOperand],
    flags: {},
    run: async (asked) => await show(asked, await findBundle(asked.client, asked.operands[0])),
  }),
  command({
    words: "bundles wait",
    summary: "stays until all batches of a file have ended, and ends as import does",
    operands: [bundleOperand],
    flags: {},
    run: async (asked) => await seeThrough(asked, await findBundle(asked.client, asked.operands[0])),
  }),
  command({
    words: "bundles apply",
    summary: "carries out all plans of a file that are ready",
    operands: [bundleOperand],
    flags: {
      ...waitFlag,
      confirm: { takes: "N", about: "the number of users that its plans hit, where they need that" },
    },
    async run(asked) {
      const { client, operands, flags } = asked;
      const { id: bundleId } = await findBundle(client, operands[0]);
      const confirm = readCount("confirm", flags.confirm);
      const body = confirm === null ? {} : { confirm };
      const bundle = await client.call("applyBundle", { params: { bundleId }, body });
      if (flags.wait) return await seeThrough(asked, bundle);
      const asks = (bundle.states.awaiting_approval ?? 0) > 0;
      return { ...(await show(asked, bundle)), exitCode: asks ? exitCodes.awaitsApproval : exitCodes.done };
    },
  }),
  command({
    words: "bundles approve",
    summary: "says yes at once to plans and retries of a file that another agent asked for; they start then",
    operands: [bundleOperand],
    flags: {
      ...waitFlag,
      plans: {
        takes: "LIST",
        about: "batches and the versions of their plans that you have looked at, such as 41:1,42:1; show tells them",
      },
      ...noteFlag,
    },
    async run(asked) {
      const { client, operands, flags } = asked;
      const { id: bundleId, no } = await findBundle(client, operands[0]);
      if (flags.plans === undefined) {
        throw wrongUsage("Say which plans you have looked at: --plans, which bundles show tells");
      }
      const plans = namedPlans(no, flags.plans, await questionsOf(client, bundleId));
      const body = { plans, ...noteOf(flags) };
      return await showDecided(asked, await client.call("approveBundle", { params: { bundleId }, body }), flags.wait);
    },
  }),
  command({
    words: "bundles refuse",
    summary: "says no to what an agent asked for, or takes your own questions back",
    operands: [bundleOperand],
    flags: {
      plans: {
        takes: "LIST",
        about: "these plans alone, such as 41:1,42:1; all that wait and that you may refuse unless told",
      },
      ...noteFlag,
    },
    async run(asked) {
      const { client, operands, flags } = asked;
      const { id: bundleId, no } = await findBundle(client, operands[0]);
      const questions = await questionsOf(client, bundleId);
      const plans =
        flags.plans === undefined ? plansToRefuse(asked, no, questions) : namedPlans(no, flags.plans, questions);
      const body = { plans, ...noteOf(flags) };
      return await showDecided(asked, await client.call("refuseBundle", { params: { bundleId }, body }), false);
    },
  }),
  command({
    words: "bundles resume",
    summary: "goes on with all batches of a file that are paused",
    operands: [bundleOperand],
    flags: waitFlag,
    async run(asked) {
      const { id: bundleId } = await findBundle(asked.client, asked.operands[0]);
      const bundle = await asked.client.call("resumeBundle", { params: { bundleId } });
      return asked.flags.wait ? await seeThrough(asked, bundle) : await show(asked, bundle);
    },
  }),
  downloads(
    "results",
    "gives the file with the outcome of each row, in its own order, as CSV",
    "downloadBundleResults",
  ),
  downloads(
    "failed",
    "gives the rows that failed or were refused, ready to mend and send again, as CSV",
    "downloadBundleFailed",
  ),
];

function downloads(name: string, summary: string, route: "downloadBundleResults" | "downloadBundleFailed") {
  return command({
    words: `bundles ${name}`,
    summary,
    operands: [bundleOperand],
    flags: outputFlag,
    run: async (asked) =>
      await download(asked, asked.flags.output, async () => {
        const { id: bundleId, no } = await findBundle(asked.client, asked.operands[0]);
        return { address: routeAddress(route, { params: { bundleId } }), name: `${name} of file ${no}` };
      }),
  });
}

async function show({ client, process }: Surroundings, bundle: Bundle): Promise<CommandResult> {
  const whole = await readBundle(client, bundle);
  const { no, id, states } = bundle;
  const questions = (states.awaiting_approval ?? 0) > 0 ? await questionsOf(client, id) : [];
  const page = client.server + pageAddress("bundle", { bundleId: id });
  const program = programOf(process);
  const others = whole.batches.filter(({ state }) => state !== "awaiting_approval");
  const lines = [
    ...describeBundle({ ...whole, batches: others }),
    ...describeQuestions(program, no, questions),
    ...((states.paused ?? 0) > 0 ? [`To go on with all that are paused: ${program} bundles resume ${no}`] : []),
    `See each batch at ${page}`,
  ];
  return { lines, result: { page, ...whole, questions } };
}

/** Shows a file whose questions were answered, or stays with it; one of which some were not ends the command otherwise. */
async function showDecided(
  asked: Surroundings,
  { left, ...bundle }: DecidedBundle,
  wait: boolean,
): Promise<CommandResult> {
  for (const { batchNo, customerName, code, message } of left) {
    asked.printer.say(`Nothing was decided for batch ${batchNo} of ${customerName}: ${message} (${code})`);
  }
  if (wait) return await seeThrough(asked, bundle);
  return { ...(await show(asked, bundle)), exitCode: left.length > 0 ? exitCodes.refused : exitCodes.done };
}

/** The plans of the questions that the caller may refuse; it tells of the others. @throws CommandFailed wrongUsage, refused */
function plansToRefuse({ printer }: Surroundings, no: number, questions: readonly Question[]): BundleDecision["plans"] {
  const [first] = questions;
  if (first === undefined) throw wrongUsage(`No batch of file ${no} awaits approval.`);
  const plans = questions.filter(({ refuse }) => refuse === null).map(planOf);
  if (plans.length === 0) {
    const why = first.refuse?.message ?? "";
    throw new CommandFailed(
      exitCodes.refused,
      `No batch of file ${no} that awaits approval is yours to refuse: ${why}`,
    );
  }
  for (const { batchNo, customerName, refuse } of questions) {
    if (refuse === null) continue;
    printer.say(`Batch ${batchNo} of ${customerName} is not yours to refuse: ${refuse.message} (${refuse.code})`);
  }
  return plans;
}

function planOf({ batchId, planVersion }: Question): BundleDecision["plans"][number] {
  return { batchId, planVersion };
}

/** The plans that `list` names by the number of the batch and the version. @throws CommandFailed wrongUsage */
function namedPlans(no: number, list: string, questions: readonly Question[]): BundleDecision["plans"] {
  return list.split(",").map((named) => {
    const [, batchNo, version] = /^#?(\d{1,9}):(\d{1,9})$/.exec(named.trim()) ?? [];
    if (batchNo === undefined) {
      throw wrongUsage(
        `--plans takes numbers of batches with the versions of their plans, such as 41:1, not "${named}".`,
      );
    }
    const question = questions.find((one) => one.batchNo === Number(batchNo));
    if (question === undefined)
      throw wrongUsage(`No batch ${batchNo} of file ${no} awaits approval, or you may not see it.`);
    return { batchId: question.batchId, planVersion: Number(version) };
  });
}

async function seeThrough(asked: Surroundings, known: Bundle): Promise<CommandResult> {
  const how = { printer: asked.printer, program: programOf(asked.process) };
  const { bundle, refused } = await followBundle(asked.client, known, how, bundleHasEnded);
  return { ...(await show(asked, bundle)), exitCode: exitOfBundle(bundle, refused) };
}

function cells({ no, fileName, operation, batches, rows, totals, refused, createdAt }: Bundle): string[] {
  return [
    String(no),
    fileName ?? "",
    operations[operation].label,
    count(batches),
    amountOf(rows, "row"),
    count(totals.pending),
    count(totals.failed + totals.partial),
    count(refused),
    createdAt.slice(0, 16),
  ];
}
