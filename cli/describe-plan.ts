import type { Batch, CauseCount } from "../contract/batch.ts";
import { fieldLabel } from "../contract/fields.ts";
import { operations } from "../contract/operations.ts";
import { quoted } from "./next-command.ts";
import type { OfferedColumn } from "./offered-columns.ts";
import { count, amountOf } from "./units.ts";

const mostNamed = 10;

/** The plan of a batch for a person to read: counts, how the file was taken, seats, and causes with an example each. */
export function describePlan(batch: Batch, causes: CauseCount[]): string[] {
  const { no, customerName, operation, fileName, totals, plan, stopped, seats } = batch;
  const act = operations[operation].label;
  return [
    `${act}: batch ${no} of ${customerName}, the plan of ${fileName ?? "the file"}, ${amountOf(totals.rows, "row")}: ${sums(plan)}`,
    ...(stopped === null ? [] : [`  ${stopped.message} (${stopped.code})`]),
    ...readingLines(batch),
    ...(batch.brake.why === null ? [] : [`  ${batch.brake.why}`]),
    ...seats.map(({ skuPartNumber, needed, free }) => {
      const short = needed > free ? `, ${count(needed - free)} too few` : "";
      return `  ${skuPartNumber}: ${amountOf(needed, "seat")} needed, ${count(free)} free${short}`;
    }),
    ...causes.flatMap((cause) => [
      causeLine(cause),
      ...(cause.example.message === null ? [] : [`         ${cause.example.message}`]),
    ]),
  ];
}

function readingLines({ notes, encoding, delimiter, unknownColumns, sameFileAs }: Batch): string[] {
  const form = [encoding, delimiter === null ? null : `separated by ${delimiter === "\t" ? "tabs" : delimiter}`];
  return [
    ...(encoding === null ? [] : [`  Read as ${form.filter((part) => part !== null).join(", ")}.`]),
    ...notes.map((note) => `  ${note}`),
    ...(unknownColumns.length === 0 ? [] : [`  Columns that stand for no field: ${named(unknownColumns)}.`]),
    ...(sameFileAs === null
      ? []
      : [`  The very same file came before: batch ${sameFileAs.no}, from ${sameFileAs.by}, ${sameFileAs.at}.`]),
  ];
}

/** What columns seem to be that stand for nothing so far, and the option that takes them for it. */
export function describeGuesses(guesses: OfferedColumn[], { options }: Pick<Batch, "options">): string[] {
  if (guesses.length === 0) return [];
  // A mapping that is given takes the place of the earlier one.
  const mapping = { ...options.mapping, ...Object.fromEntries(guesses.map(({ column, field }) => [column, field])) };
  return [
    ...guesses.map(
      ({ column, field, reason }) => `  The column "${column}" seems to be ${fieldLabel(field)}: ${reason}`,
    ),
    "  To take them for that, choose so on the page of the batch, or import the file again with",
    `    --mapping ${quoted(JSON.stringify(mapping))}`,
  ];
}

/** How a batch ended, for a person to read: counts and causes. */
export function describeOutcome({ no, state, totals, stopped, brake }: Batch, causes: CauseCount[]): string[] {
  const { rows: _, ...ends } = totals;
  return [
    `Batch ${no} is ${state}: ${sums(ends)}`,
    ...(stopped === null ? [] : [`  ${stopped.message} (${stopped.code})`]),
    ...(brake.why === null ? [] : [`  ${brake.why}`]),
    ...causes.map(causeLine),
  ];
}

function causeLine({ rows, state, code, title }: CauseCount): string {
  return `  ${count(rows).padStart(6)} ${state.padEnd(9)} ${code.padEnd(22)} ${title}`;
}

/** The counts that are not 0, with their names. */
export function sums(counts: Record<string, number>): string {
  const parts = Object.entries(counts).filter(([, rows]) => rows > 0);
  return parts.length === 0 ? "nothing" : parts.map(([name, rows]) => `${count(rows)} ${name}`).join(", ");
}

function named(labels: string[]): string {
  const more = labels.length - mostNamed;
  return `${labels.slice(0, mostNamed).join(", ")}${more > 0 ? ` and ${count(more)} more` : ""}`;
}
