import { quoteValue } from "../../../contract/codes.ts";
import { textFieldNames, type FieldName, type TextField } from "../../../contract/fields.ts";
import type { RowInput } from "../../../files/rows/row-input.ts";
import { arrayLiteral } from "../../sql/array-literal.ts";
import { userColumns } from "../../sql/user-columns.ts";
import { otherColumns, targetColumns } from "./input-columns.ts";

/** Fields that a row may get without a column of their own. */
const derivedFields = new Set<FieldName | null>(["userPrincipalName", "displayName", "usageLocation"]);

/** The text fields that rows of a file with these columns can fill: a blank costs Postgres as much as a value. */
export function filledFields(columns: readonly (FieldName | null)[]): TextField[] {
  const filled = new Set(columns);
  return textFieldNames.filter((field) => filled.has(field) || derivedFields.has(field));
}

/** The columns of `inputValues`, in its order; those about users who are there already where `targeted` asks for them. */
export function valueColumns(fields: readonly TextField[], targeted: boolean): string[] {
  const columns = ["row_no", ...fields.map((field) => userColumns[field]), ...otherColumns];
  return targeted ? [...columns, ...targetColumns] : columns;
}

/** What was read of a row, as Postgres reads it from text: number, text fields, and all the rest. */
export function inputValues(input: RowInput, fields: readonly TextField[], targeted: boolean): (string | null)[] {
  const values: (string | null)[] = [String(input.rowNo)];
  for (const field of fields) values.push(input.values[field] ?? null);
  values.push(
    input.accountEnabled === null ? null : String(input.accountEnabled),
    input.roles === null ? null : arrayLiteral([...input.roles].sort()),
    arrayLiteral(input.licenses.map((license) => license.skuId)),
    plansJson(input),
    input.built,
    input.problem?.code ?? null,
    input.problem?.field ?? null,
    input.problem?.message ?? builtNote(input),
    input.otherProblems === null ? null : JSON.stringify(input.otherProblems),
  );
  if (targeted) values.push(...targetValues(input));
  return values;
}

function targetValues({ target }: RowInput): (string | null)[] {
  if (target === undefined) return [null, null, null, null];
  const { objectId, newName, removed, cleared } = target;
  return [objectId, newName, arrayLiteral(removed), arrayLiteral(cleared.map((field) => userColumns[field]))];
}

/** What a row that is well is told of its name, where that was built. */
function builtNote({ rowNo, built }: RowInput): string | null {
  return built === null ? null : `Row ${rowNo}: the username ${quoteValue(built)} was built, for the row has none.`;
}

/** The service plans to switch off, by product, of those licenses that name any or ask for all. */
function plansJson(input: RowInput): string | null {
  const named = input.licenses.filter((license) => license.disabledPlans.length > 0 || license.everyPlan);
  if (named.length === 0) return null;
  return JSON.stringify(Object.fromEntries(named.map((license) => [license.skuId, [...license.disabledPlans].sort()])));
}
