import { inTransaction, type Tx } from "../../../db/in-transaction.ts";
import { openChunkSql } from "../../batches/state/move-chunks.ts";
import type { CoreContext } from "../../context.ts";
import { foldNames } from "./fold-names.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";

type Due = { batchId: string; rowNo: number };

type Row = {
  batchId: string;
  rowNo: number;
  customerId: string;
  /** null where there is no user, or no more. */
  userId: string | null;
  userNames: string[];
  failed: boolean;
  rowNames: (string | null)[];
};

const batchesAtOnce = 50;
/** What a step takes on: an eighth of a second of one processor at most; less while somebody waits for a batch. */
const rowsAtOnce = { idle: 5_000, busy: 1_000 };

/**
 * Takes one step in writing the names of ended batches to where they are searched, and gives how many rows that were; 0
 * when all are written. Safe to run in several processes at once: each takes batches that no other has in hand.
 */
export async function indexNames(context: CoreContext): Promise<number> {
  return await inTransaction(context.db.pool, async (tx) => {
    const due = await tx.rows<Due>(
      sql`select batch_id as "batchId", row_no as "rowNo" from names_due order by due_at
       limit ${batchesAtOnce} for update skip locked`,
    );
    if (due.length === 0) return 0;
    const [load] = await tx.rows<{ busy: boolean }>(
      sql`select exists (select from chunks where ${openChunkSql}) as busy`,
    );
    const share = Math.ceil(rowsAtOnce[load?.busy === true ? "busy" : "idle"] / due.length);
    const rows = await tx.rows<Row>(rowsSql(due, share));
    await writeUsers(tx, rows);
    await writeRows(tx, rows);
    await moveOn(tx, due, rows, share);
    return rows.length;
  });
}

// The cells stand in for a name that could not be read.
const rowsSql = (due: readonly Due[], share: number) => sql`
select due.batch_id as "batchId", picked.row_no as "rowNo", batches.customer_id as "customerId", users.id as "userId",
  array[users.user_principal_name, users.display_name] as "userNames",
  picked.code is not null or users.id is null as failed,
  case when rows.user_principal_name is null or rows.display_name is null
    then array[rows.user_principal_name, rows.display_name, left(array_to_string(rows.cells, ' '), 300)]
    else array[rows.user_principal_name, rows.display_name] end as "rowNames"
from ${placesSql(due)} due (batch_id, behind)
join batches on batches.id = due.batch_id
cross join lateral (
  select row_no, user_id, code from row_results results
  where results.batch_id = due.batch_id and results.row_no > due.behind order by results.row_no limit ${share}
) picked
left join rows on rows.batch_id = due.batch_id and rows.row_no = picked.row_no
left join users on users.id = picked.user_id
order by due.batch_id, picked.row_no`;

/**
 * Writes the names of users whom no chunk has in hand, and waits for none: a chunk may wait for this transaction when it
 * ends a batch, so that waiting for it would be a deadlock. Its own batch brings the names of the others when it ends.
 */
async function writeUsers(tx: Tx, rows: readonly Row[]): Promise<void> {
  const byId = new Map(rows.flatMap((row) => (row.userId === null ? [] : [[row.userId, row]])));
  const held = await tx.rows<{ id: string }>(
    sql`select id from users where id = any(${[...byId.keys()]}::uuid[]) order by id for key share skip locked`,
  );
  const users = held.flatMap(({ id }) => byId.get(id) ?? []);
  await tx.rows(
    sql`insert into user_names (user_id, customer_id, names)
     select * from unnest(
       ${users.map((row) => row.userId)}::uuid[], ${users.map((row) => row.customerId)}::uuid[],
       ${users.map((row) => foldNames(row.userNames))}::text[]
     ) made (user_id, customer_id, names) order by user_id
     on conflict (user_id) do update set names = excluded.names where user_names.names <> excluded.names`,
  );
}

async function writeRows(tx: Tx, rows: readonly Row[]): Promise<void> {
  const failed = rows.filter((row) => row.failed);
  await tx.rows(
    sql`delete from row_names using ${placesSql(rows.filter((row) => !row.failed))} mended (batch_id, row_no)
     where row_names.batch_id = mended.batch_id and row_names.row_no = mended.row_no`,
  );
  const names = failed.map((row) => foldNames([...row.rowNames, ...(row.userId === null ? [] : row.userNames)]));
  await tx.rows(
    sql`insert into row_names (batch_id, row_no, customer_id, names)
     select * from unnest(
       ${failed.map((row) => row.batchId)}::uuid[], ${failed.map((row) => row.rowNo)}::int[],
       ${failed.map((row) => row.customerId)}::uuid[], ${names}::text[])
     on conflict (batch_id, row_no) do update set names = excluded.names where row_names.names <> excluded.names`,
  );
}

/** Notes how far each batch has come, and forgets those that are done. */
async function moveOn(tx: Tx, due: readonly Due[], rows: readonly Row[], share: number): Promise<void> {
  const reached = new Map<string, { rowNo: number; rows: number }>();
  for (const { batchId, rowNo } of rows) reached.set(batchId, { rowNo, rows: (reached.get(batchId)?.rows ?? 0) + 1 });
  const open = due.flatMap(({ batchId }) => {
    const last = reached.get(batchId);
    return last?.rows === share ? [{ batchId, rowNo: last.rowNo }] : [];
  });
  await tx.rows(
    sql`update names_due set row_no = reached.row_no from ${placesSql(open)} reached (batch_id, row_no)
     where names_due.batch_id = reached.batch_id`,
  );
  const goOn = new Set(open.map(({ batchId }) => batchId));
  const done = due.flatMap(({ batchId }) => (goOn.has(batchId) ? [] : [batchId]));
  await tx.rows(sql`delete from names_due where batch_id = any(${done}::uuid[])`);
}

/** SQL for rows of batches, each by its batch and its number. */
function placesSql(rows: readonly Due[]): SqlText {
  return sql`unnest(${rows.map(({ batchId }) => batchId)}::uuid[], ${rows.map(({ rowNo }) => rowNo)}::int[])`;
}
