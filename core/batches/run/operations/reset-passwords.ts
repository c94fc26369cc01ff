import type { Tx } from "../../../../db/in-transaction.ts";
import { recordsSql } from "../../../audit/records-sql.ts";
import { makePasswords } from "../../../secrets/make-passwords.ts";
import { rowOwner, userOwner } from "../../../secrets/secrets.ts";
import type { WorkRow } from "../../work-rows/add-chunk.ts";
import { dropWorkRows, workColumns, workRows } from "../../work-rows/work-table.ts";
import { unchanged } from "./endings.ts";
import { holdTargets } from "./hold-targets.ts";
import type { Operate, Outcome, Work } from "../../work-rows/outcome.ts";
import { sql } from "../../../../db/sql-text.ts";

/**
 * Gives the users of the rows new temporary passwords, those of the rows or made ones; the ones before are gone with it.
 * Users whose temporary password is the one that their row gives, or was made for the very same file, end `unchanged`.
 *
 * Causes: user_gone, changed_meanwhile.
 */
export const resetPasswords: Operate = async (tx, work) => {
  const rows = work.otherRows.filter((row): row is WorkRow & { userId: string } => row.userId !== null);
  const given = openGiven(work);
  // Made and sealed first: no user waits for a cipher.
  const seals = sealPasswords(work, rows, given);
  const ended = await holdTargets(tx, work, "resetPasswords", "password");
  const same = await sameAlready(tx, work, rows, given, new Set(ended.map(({ rowNo }) => rowNo)));
  await dropWorkRows(
    tx,
    same.map(({ rowNo }) => rowNo),
  );
  work.onStep("password");
  await tx.rows(
    resetSql(
      work,
      rows.map(({ rowNo }) => rowNo),
      seals,
    ),
  );
  return [...ended, ...same];
};

function openGiven({ batchId, given, secrets }: Work): Map<number, string> {
  return new Map(
    given.map(({ rowNo, sealed }) => [rowNo, secrets.open(Buffer.from(sealed, "hex"), rowOwner(batchId, rowNo))]),
  );
}

function sealPasswords(
  { customerId, secrets }: Work,
  rows: readonly { rowNo: number; userId: string }[],
  given: ReadonlyMap<number, string>,
): Buffer[] {
  const made = makePasswords(rows.filter(({ rowNo }) => !given.has(rowNo)).length);
  let next = 0;
  return secrets.sealAll(
    rows.map(({ rowNo }) => given.get(rowNo) ?? made[next++]!),
    rows.map(({ userId }) => userOwner(customerId, userId)),
  );
}

/** The rows whose user has the very password that the row gives, and has not used it yet. */
async function sameAlready(
  tx: Tx,
  work: Work,
  rows: readonly { rowNo: number; userId: string }[],
  given: ReadonlyMap<number, string>,
  ended: ReadonlySet<number>,
): Promise<Outcome[]> {
  const chosen = rows.filter(({ rowNo }) => given.has(rowNo) && !ended.has(rowNo));
  if (chosen.length === 0) return [];
  const kept = await tx.rows<{ userId: string; sealed: Buffer }>(
    sql`select user_id as "userId", sealed from temporary_passwords
    where user_id = any(${chosen.map(({ userId }) => userId)}) and expires_at > ${work.now}`,
  );
  const sealOf = new Map(kept.map(({ userId, sealed }) => [userId, sealed]));
  return chosen.flatMap(({ rowNo, userId }): Outcome[] => {
    const sealed = sealOf.get(userId);
    const same =
      sealed !== undefined && work.secrets.open(sealed, userOwner(work.customerId, userId)) === given.get(rowNo);
    return same ? [unchanged(rowNo, userId)] : [];
  });
}

const input = workColumns("input");

const resetSql = (
  { batchId, customerId, actor, passwordExpiresAt }: Work,
  rowNos: readonly number[],
  seals: readonly Buffer[],
) => sql`
with sealed_rows as (
  select ${input.rowNo}, ${input.userId}, made.sealed
  from ${workRows} input
  join unnest(${rowNos}::int[], ${seals}::bytea[]) made (row_no, sealed) on made.row_no = ${input.rowNo}
), written as (
  insert into temporary_passwords (user_id, customer_id, batch_id, sealed, expires_at)
  select user_id, ${customerId}, ${batchId}, sealed, ${passwordExpiresAt} from sealed_rows
  on conflict (user_id) do update set batch_id = excluded.batch_id, sealed = excluded.sealed,
    expires_at = excluded.expires_at
), bumped as (
  update users set version = version + 1 from sealed_rows where users.id = sealed_rows.user_id
)
${recordsSql("reset_customer_user_password", {
  actor,
  customer: customerId,
  batch: batchId,
  row: sql`row_no`,
  user: sql`user_id`,
})} from sealed_rows`;
