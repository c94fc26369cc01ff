import type { Batch, CauseCount } from "../../contract/batch.ts";
import type { CauseCode } from "../../contract/codes.ts";

/** What can be done about a cause with one control beside it. */
export type Remedy =
  | "location"
  | "domain"
  | "pattern"
  | "columns"
  | "seats"
  | "restore"
  | "createNew"
  | "update"
  | "products";

type Planned = Pick<Batch, "operation" | "source" | "state" | "totals">;

/**
 * Whether other columns and options can be chosen: before the start, and where a batch ended without doing anything. An undo
 * has neither.
 */
export function canPlanAgain({ operation, state, totals }: Pick<Batch, "operation" | "state" | "totals">): boolean {
  if (operation === "undoBatch") return false;
  return state === "ready" || (state === "finished" && totals.rows > 0 && totals.failed === totals.rows);
}

/** Causes that a cell cannot mend. */
const beyondCells: readonly CauseCode[] = [
  "seat_shortage",
  "user_exists",
  "deleted_user_exists",
  "duplicate_in_file",
  "row_changed",
  "batch_cancelled",
  "forbidden",
];

/** Whether one change of a cell in all rows of a cause may mend them: before the start, afterwards where they failed. */
export function canFixAll(
  { code, state, rows, example }: CauseCount,
  batch: Pick<Batch, "operation" | "state">,
): boolean {
  if (batch.operation === "undoBatch") return false;
  // A single cell is mended where it stands.
  if (rows < 2 || example.field === null || example.field === "password" || beyondCells.includes(code)) return false;
  if (batch.state === "ready") return true;
  return state === "failed" && (batch.state === "running" || batch.state === "paused" || batch.state === "finished");
}

/** The remedies for a cause, the likeliest first; options and columns only while the batch can be planned again. */
export function remediesOf({ code, example }: Pick<CauseCount, "code" | "example">, batch: Planned): Remedy[] {
  if (code === "seat_shortage") return ["seats"];
  if (!canPlanAgain(batch)) return [];
  const creates = batch.operation === "createUsers";
  const columns: Remedy[] = batch.source === "upload" ? ["columns"] : [];
  const nameMissing = creates && example.field === "userPrincipalName";
  const remedies: Partial<Record<CauseCode, Remedy[]>> = {
    usage_location_missing: creates ? ["location"] : [],
    domain_unverified: ["domain"],
    upn_invalid: ["domain", ...columns],
    required_missing: nameMissing ? ["pattern", ...columns] : columns,
    user_exists: ["update"],
    deleted_user_exists: ["restore", "createNew"],
    sku_unknown: ["products"],
    value_invalid: columns,
    value_too_long: columns,
    country_unknown: columns,
    permission_unknown: columns,
    row_too_wide: columns,
  };
  return remedies[code] ?? [];
}
