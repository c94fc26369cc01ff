import { type Bundle, bundleSchema } from "../contract/bundle.ts";
import { pageAddress } from "../contract/pages.ts";
import { routeAddress } from "../contract/route-address.ts";
import { describeBundle } from "./describe-bundle.ts";
import { CommandFailed, type ExitCode, exitCodes, exitOfBundle, exitOfPlan } from "./exit-codes.ts";
import { bundleHasEnded, bundleRests, type FollowedBundle, followBundle } from "./follow-bundle.ts";
import { type Import, keepAndSay, sendOrdered } from "./import-run.ts";
import { quoted } from "./next-command.ts";
import { readBundle, type WholeBundle } from "./read-bundle.ts";
import type { SendOptions } from "./read-arguments.ts";

/**
 * Sends a file for many customers; tells the plans; applies those that are ready and stays until the end of all where that was
 * asked for, and writes the outcomes of its rows beside the file.
 * @throws RequestFailed, CommandFailed
 */
export async function importBundle(run: Import, options: SendOptions): Promise<ExitCode> {
  const { order, client, report } = run;
  const made = await sendOrdered(run, bundleSchema, options, async () => routeAddress("createBundle", {}));
  const params = { bundleId: made.id };
  report.page = order.server + pageAddress("bundle", params);
  report.next = nextOf(run, made, "wait");
  const planned = await tell(run, made);
  if (!order.apply && !order.wait) return stopAtPlans(run, planned);
  if (order.apply) {
    requireConfirmed(run, made);
    const body = order.confirm === null ? {} : { confirm: order.confirm };
    report.bundle = await client.call("applyBundle", { params, body });
  }
  const enough = order.wait ? bundleHasEnded : bundleRests;
  return await end(run, await followBundle(client, report.bundle ?? made, run, enough));
}

async function tell({ client, printer, report }: Import, bundle: Bundle): Promise<WholeBundle> {
  report.bundle = bundle;
  const whole = await readBundle(client, bundle);
  for (const line of describeBundle(whole)) printer.say(line);
  return whole;
}

function stopAtPlans(run: Import, { bundle, batches }: WholeBundle): ExitCode {
  const { printer, report } = run;
  if ((bundle.states.ready ?? 0) > 0) {
    report.next = nextOf(run, bundle, "apply", confirmed(bundle));
    printer.say(`To apply all plans that are ready: ${report.next}`);
  }
  printer.say(`Nothing is changed yet. See each batch at ${report.page ?? ""}`);
  const hindered = bundle.refused > 0 || batches.some((batch) => exitOfPlan(batch) !== exitCodes.done);
  return hindered ? exitCodes.rowsFailed : exitCodes.done;
}

/** Plans that hit several users are applied by whoever names how many they are together. @throws CommandFailed */
function requireConfirmed(run: Import, bundle: Bundle): void {
  const { toConfirm } = bundle;
  if (toConfirm === 0 || run.order.confirm === toConfirm) return;
  run.report.next = nextOf(run, bundle, "apply", [...confirmed(bundle), "--wait"]);
  const why = `Plans of the file delete, block or reset ${toConfirm} users, or take licenses from them.`;
  throw new CommandFailed(exitCodes.refused, `${why} To apply them, name that number: ${run.report.next}`);
}

async function end(run: Import, { bundle, refused }: FollowedBundle): Promise<ExitCode> {
  const { printer, report } = run;
  await tell(run, bundle);
  if (bundleHasEnded(bundle)) {
    report.next = null;
    const address = routeAddress("downloadBundleResults", { params: { bundleId: bundle.id } });
    report.results = await keepAndSay(run, address, "results", "The outcomes of the rows are");
  } else printer.say(`To stay with what is left: ${report.next ?? ""}`);
  printer.say(`The batches, passwords and results are at ${report.page ?? ""}`);
  return exitOfBundle(bundle, refused);
}

function confirmed({ toConfirm }: Bundle): string[] {
  return toConfirm > 0 ? ["--confirm", String(toConfirm)] : [];
}

/** The command that goes on with the file, ready for a shell: never with the key. */
function nextOf({ program, order }: Import, { no }: Bundle, word: "apply" | "wait", more: string[] = []): string {
  return [program, ...["bundles", word, String(no), "--server", order.server, ...more].map(quoted)].join(" ");
}
