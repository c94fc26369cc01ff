import { quoteValue, type Cause } from "../../contract/codes.ts";
import type { Tx } from "../../db/in-transaction.ts";
import type { Actor } from "../actor.ts";
import type { CoreContext } from "../context.ts";
import { openInputs } from "../inputs/input-rows.ts";
import { replaceInputs } from "../inputs/keep-inputs.ts";
import { readStored, type StoredRow } from "../inputs/read-input.ts";
import { stageInputs } from "../inputs/stage-inputs.ts";
import { stageStored } from "../inputs/stage-stored.ts";
import { basesOf } from "../plan/name-numbers.ts";
import { planChanged } from "../plan/plan-changed.ts";
import type { Reading, RowInput } from "../spreadsheets/row-input.ts";
import type { BatchTable } from "./batch-table.ts";

/** Rows whose cells were changed, how they are read, and the names that they had before, in small letters. */
export type Edited = { table: BatchTable; reading: Reading; edited: readonly StoredRow[]; names: readonly string[] };

/**
 * Plans changed rows of a batch that is `ready` again, with every row that has, had or would have been given one of their
 * names, before the change or after it.
 */
export async function replanEdited(
  context: CoreContext,
  tx: Tx,
  actor: Actor,
  { table, reading, edited, names }: Edited,
): Promise<void> {
  const inputs = edited.map((row) => readStored(row, reading));
  const touched = [...names, ...inputs.flatMap(namesOf)];
  await openInputs(tx);
  const parameters = [
    table.id,
    edited.map(({ rowNo }) => rowNo),
    touched,
    [...touched, ...touched.flatMap(basesOfUpn)],
  ];
  await stageStored(tx, reading, namedSql, parameters);
  await planChanged(context, tx, { ...table, actor });
}

const namedSql = `rows where rows.batch_id = $1 and (rows.row_no = any($2::int[])
  or lower(rows.user_principal_name) = any($3::text[]) or lower(rows.built) = any($4::text[]))`;

/** A name that comes free, or is taken, moves the numbers of those that are built like it. */
function basesOfUpn(name: string): string[] {
  const [local = "", domain = ""] = name.split("@");
  return basesOf(local).map((base) => `${base}@${domain}`);
}

/**
 * Says of changed rows that had failed what is wrong with them now, or that they wait for a retry; so are rows told that
 * repeated one of their names and repeat it no more.
 */
export async function recheckFailed(tx: Tx, { table, reading, edited, names }: Edited): Promise<void> {
  const inputs = edited.map((row) => readStored(row, reading));
  await openInputs(tx);
  await stageInputs(tx, inputs);
  await replaceInputs(tx, table.id);
  const holders = await holdersOf(tx, table.id, [...names, ...inputs.flatMap(namesOf)]);
  const causes = inputs.map((input) => [input.rowNo, causeOf(input, holders)] as const);
  const freed = freedRows(holders, new Set(inputs.map(({ rowNo }) => rowNo)));
  const freedCauses = freed.map(
    (rowNo) => [rowNo, changed(rowNo, "a row that had this name before was changed")] as const,
  );
  await writeCauses(tx, table.id, new Map([...causes, ...freedCauses]));
}

function namesOf({ values, built }: RowInput): string[] {
  return [values.userPrincipalName, built].flatMap((name) => (typeof name === "string" ? [name.toLowerCase()] : []));
}

type Holding = { rowNo: number; name: string; code: string | null; state: string };

/** The rows that have one of the names, built ones aside: these make room when they are planned. */
async function holdersOf(tx: Tx, batchId: string, names: readonly string[]): Promise<Map<string, Holding[]>> {
  const rows = await tx.rows<Holding>(
    `select results.row_no as "rowNo", lower(rows.user_principal_name) as name, results.code, results.state
     from rows join row_results results using (batch_id, row_no)
     where results.batch_id = $1 and rows.built is null and lower(rows.user_principal_name) = any($2)
     order by results.row_no`,
    [batchId, names],
  );
  const holders = new Map<string, Holding[]>();
  for (const row of rows) holders.set(row.name, [...(holders.get(row.name) ?? []), row]);
  return holders;
}

function causeOf({ rowNo, values, built, problem }: RowInput, holders: ReadonlyMap<string, Holding[]>): Cause {
  if (problem !== null) return problem;
  const name = values.userPrincipalName ?? "";
  const other = built !== null ? undefined : holders.get(name.toLowerCase())?.find((row) => row.rowNo !== rowNo);
  if (other === undefined) return changed(rowNo, "it was changed after it failed");
  return {
    code: "duplicate_in_file",
    field: "userPrincipalName",
    message: `Row ${rowNo}: ${quoteValue(name)} stands in row ${other.rowNo} already. Give this person another name.`,
  };
}

/** Rows that failed for repeating a name and are the only ones that have it. */
function freedRows(holders: ReadonlyMap<string, Holding[]>, edited: ReadonlySet<number>): number[] {
  return [...holders.values()].flatMap((rows) => {
    const [only] = rows;
    const freed = rows.length === 1 && only?.code === "duplicate_in_file" && only.state === "failed";
    return freed && !edited.has(only.rowNo) ? [only.rowNo] : [];
  });
}

function changed(rowNo: number, why: string): Cause {
  return { code: "row_changed", field: null, message: `Row ${rowNo}: ${why}. Retry it, and it is planned again.` };
}

async function writeCauses(tx: Tx, batchId: string, causes: ReadonlyMap<number, Cause>): Promise<void> {
  const all = [...causes.values()];
  await tx.rows(
    `update row_results results set code = cause.code, field = cause.field, message = cause.message
     from unnest($2::int[], $3::text[], $4::text[], $5::text[]) cause (row_no, code, field, message)
     where results.batch_id = $1 and results.row_no = cause.row_no and results.state = 'failed'`,
    [
      batchId,
      [...causes.keys()],
      all.map(({ code }) => code),
      all.map(({ field }) => field),
      all.map(({ message }) => message),
    ],
  );
}
