import type { BatchOptions } from "../../../contract/batch.ts";
import type { TargetOperation } from "../../../contract/operations.ts";
import { Problem } from "../../../contract/problem.ts";
import type { Selection, TargetInput } from "../../../contract/user-changes.ts";
import { allowLong, inTransaction, type Tx } from "../../../db/in-transaction.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";
import { newId } from "../../../db/new-id.ts";
import type { Actor } from "../../actor.ts";
import { applyHeld, type Start } from "../run/apply-batch.ts";
import { messageOfRequest } from "../read/message-of-request.ts";
import type { CoreContext } from "../../context.ts";
import { inputsBut } from "../work-rows/input-columns.ts";
import { loadReading } from "../work-rows/load-reading.ts";
import { readBlock } from "../work-rows/read-block.ts";
import { insertRows } from "../work-rows/stage-rows.ts";
import { tallySteps } from "../work-rows/tally-steps.ts";
import { planBatch } from "../plan/plan-batch.ts";
import { insertBatch } from "./new-batch.ts";
import { columnName } from "../../sql/user-columns.ts";
import { userTable } from "./user-table.ts";
import { wantedStates } from "../plan/wanted-states.ts";
import { matchFilter } from "../../directory/users/match-filter.ts";

export type SelectionRequest = {
  customerId: string;
  operation: TargetOperation;
  select: Selection;
  /** What is to be done to each of the users. */
  change: TargetInput;
  options: BatchOptions;
};

const mostRows = 1_000_000;
const nameLabel = "User";

/**
 * Stores and plans one change for each of the selected users, and starts it where `apply` says so. The rows are made in the
 * database, however many users a filter finds; each is the row that a file with the user's object ID would have.
 * @throws Problem not_found; body_invalid where nobody is selected or a password is chosen for all; too_many_rows; the cause of
 * a change that no row could carry out.
 */
export async function submitSelection(
  context: CoreContext,
  actor: Actor,
  request: SelectionRequest,
  { apply, startAt, confirm }: Start,
): Promise<{ batchId: string }> {
  const { customerId, operation, options, select } = request;
  if ("password" in request.change && request.change.password !== undefined) {
    throw new Problem(
      "body_invalid",
      "A password is chosen for one user. Leave it out, and Muster makes one for each.",
    );
  }
  const id = newId();
  const table = userTable([{ ...request.change, userId: id }]);
  // The name stands in the row for people to read, and is no field: beside an object ID it would be one to give.
  const header = [nameLabel, ...table.header];
  const columns = [null, ...table.columns];
  const reading = await loadReading(context, customerId, options, { operation, header, columns });
  const pattern = [{ rowNo: 0, cells: ["", ...(table.cells[0] ?? [])], problem: null }];
  const [row] = readBlock(id, pattern, reading, context.secrets, tallySteps(reading));
  if (row === undefined) throw new Error("the pattern of the rows was not read");
  const { problem } = row.input;
  if (problem !== null) throw new Problem(problem.code, messageOfRequest(problem.message));
  const batch = { id, customerId, operation, options, actor };
  await inTransaction(context.db.pool, async (tx) => {
    const writing = insertBatch({
      ...batch,
      source: "json",
      header,
      columns,
      headerless: false,
      shift: 0,
      remembered: null,
      actor,
      fileName: null,
      delimiter: null,
      state: "ready",
    });
    await allowLong(tx);
    await tx.rows(writing);
    await insertRows(tx, [row]);
    const selected = await copyPattern(tx, batch, select, columns.indexOf("objectId") + 1);
    refuseCount(selected);
    // Who says how many are selected has seen them, though a few of them may need nothing.
    const named = "userIds" in select || confirm === selected ? "named" : confirm;
    const start = apply && startAt === undefined ? { startAt: null, confirm: named } : undefined;
    await planBatch(context, tx, batch, { start });
    if (apply && startAt !== undefined) await applyHeld(context, tx, actor, batch, { startAt, confirm: named });
    await actor.recordResult?.(tx, id);
  });
  return { batchId: id };
}

function refuseCount(rows: number): void {
  if (rows === 0) throw new Problem("body_invalid", "No user is selected: the filter finds nobody. Change it.");
  if (rows > mostRows) {
    throw new Problem(
      "too_many_rows",
      `More than ${mostRows.toLocaleString("en")} users are selected. Narrow the filter.`,
    );
  }
}

/** Writes the row of each selected user after the pattern, which is row 0, and takes that away. */
async function copyPattern(
  tx: Tx,
  batch: { id: string; customerId: string; operation: TargetOperation },
  select: Selection,
  idColumn: number,
): Promise<number> {
  const chosen = await chosenUsers(tx, batch, select);
  const columns = inputsBut("objectId").map(columnName);
  const [made] = await tx.rows<{ rows: number }>(sql`
    with made as (
      insert into rows (batch_id, row_no, cells, object_id, ${sql.unsafe(columns.join(", "))})
      select ${batch.id}::uuid, chosen.no, array[coalesce(chosen.name, '')] || pattern.cells[2:${idColumn - 1}::int]
          || chosen.id::text || pattern.cells[${idColumn + 1}::int:], chosen.id,
        ${sql.unsafe(columns.map((column) => `pattern.${column}`).join(", "))}
      from rows pattern cross join (${chosen}) chosen
      where pattern.batch_id = ${batch.id} and pattern.row_no = 0
      returning 1
    ) select count(*)::int as rows from made`);
  await tx.rows(sql`delete from rows where batch_id = ${batch.id} and row_no = 0`);
  return made?.rows ?? 0;
}

/** SQL for the selected users in their order. */
async function chosenUsers(
  tx: Tx,
  { customerId, operation }: { customerId: string; operation: TargetOperation },
  select: Selection,
): Promise<SqlText> {
  if ("userIds" in select) {
    return sql`select one.id, one.no, users.user_principal_name as name
      from unnest(${[...new Set(select.userIds)]}::uuid[]) with ordinality one (id, no)
      left join users on users.id = one.id and users.customer_id = ${customerId}`;
  }
  const { state = wantedStates[operation].of === "active" ? "active" : "inactive", ...filter } = select.filter;
  const where = await matchFilter(tx, { customerId, state, filter });
  return sql`select id, row_number() over (order by display_name collate "und-x-icu", id) as no,
      user_principal_name as name
    from users where ${where} limit ${mostRows + 1}`;
}
