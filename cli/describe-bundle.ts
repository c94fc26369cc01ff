import type { Batch } from "../contract/batch.ts";
import { operations } from "../contract/operations.ts";
import { sums } from "./describe-plan.ts";
import { mostRefused, type WholeBundle } from "./read-bundle.ts";
import { amountOf, count } from "./units.ts";

const mostBatches = 10;

/** A file for many customers for a person to read: its sums, the batches that somebody has to see to, and refused rows. */
export function describeBundle({ bundle, batches, refused }: WholeBundle): string[] {
  const { no, operation, fileName, rows, totals, notes } = bundle;
  const act = operations[operation].label;
  const hindered = batches.filter(isHindered);
  return [
    `${act}: file ${no}, ${fileName ?? "without a name"}, ${amountOf(rows, "row")}, ${amountOf(bundle.batches, "customer")}: ${sums({ ...totals, refused: bundle.refused })}`,
    ...notes.map((note) => `  ${note}`),
    ...(bundle.why === null ? [] : [`  ${bundle.why}`]),
    ...hindered.slice(0, mostBatches).flatMap(batchLines),
    ...more(hindered.length - mostBatches, "batch", "batches"),
    ...refused.map(({ code, message }) => `  Refused: ${message} (${code})`),
    ...more(bundle.refused - mostRefused, "refused row"),
  ];
}

/** Whether rows of the batch fail or have failed, seats are short, or somebody has to say or do something. */
function isHindered(batch: Batch): boolean {
  const { totals, state, brake, stopped } = batch;
  const failed = totals.failed + totals.partial + totals.cancelled;
  return (
    failed > 0 || shortSeats(batch).length > 0 || [brake.why, stopped].some(Boolean) || state === "awaiting_approval"
  );
}

function batchLines(batch: Batch): string[] {
  const { no, customerName, state, totals, brake, stopped } = batch;
  const { rows: _, ...ends } = totals;
  return [
    `  Batch ${no} of ${customerName} is ${state}: ${sums(ends)}`,
    ...(brake.why === null ? [] : [`    ${brake.why}`]),
    ...(stopped === null ? [] : [`    ${stopped.message} (${stopped.code})`]),
    ...shortSeats(batch).map(
      ({ skuPartNumber, needed, free }) => `    ${skuPartNumber}: ${count(needed - free)} too few`,
    ),
  ];
}

function shortSeats({ startedAt, seats }: Batch): Batch["seats"] {
  return startedAt === null ? seats.filter(({ needed, free }) => needed > free) : [];
}

function more(left: number, one: string, several?: string): string[] {
  return left <= 0 ? [] : [`  and ${amountOf(left, one, several)} more`];
}
