import type { RowStep } from "../../../../contract/batch.ts";
import type { Tx } from "../../../../db/in-transaction.ts";
import { sql, type SqlText } from "../../../../db/sql-text.ts";
import { dropWorkRows, workColumns, workRows, workUserIdsSql } from "../../work-rows/work-table.ts";
import { holdNames, holdNewNames } from "../../../directory/users/hold-names.ts";
import { endedMeanwhile, unchanged } from "./endings.ts";
import type { Outcome, Work } from "../../work-rows/outcome.ts";
import { type PlannedOperation, takenSql, wantedStates, type WantedState } from "../../plan/wanted-states.ts";

const input = workColumns("input");

type Ending = {
  rowNo: number;
  ending: "gone" | "unchanged" | "moved" | "taken";
  userId: string | null;
  userPrincipalName: string | null;
};

/**
 * Locks the users of the rows in the work table, in the order of their ids, and takes those rows out that have come to their
 * end before the first write: their user is in the wanted state already, was changed after the plan, or is gone, or the name
 * that it is to have belongs to somebody else. Gives the outcomes of these. Causes: user_gone, changed_meanwhile, upn_taken.
 */
export async function holdTargets(tx: Tx, work: Work, operation: PlannedOperation, step: RowStep): Promise<Outcome[]> {
  const restoring = work.otherRows.some((row) => row.plan === "restore");
  const [, , , ended] = await tx.together(
    async () => {
      if (operation === "updateUsers" || operation === "undoBatch") await holdNewNames(tx, work.customerId);
    },
    async () => {
      if (restoring) await holdNames(tx, work.customerId, "together");
    },
    () => tx.rows(sql`select from users where id in (${workUserIdsSql}) order by id for update`),
    () => tx.rows<Ending>(endSql(operation, wantedStates[operation], work)),
  );
  await dropWorkRows(
    tx,
    ended.map(({ rowNo }) => rowNo),
  );
  work.signal.throwIfAborted();
  return ended.map(({ ending, ...row }) =>
    ending === "unchanged" ? unchanged(row.rowNo, row.userId) : endedMeanwhile(row, step, ending),
  );
}

// A name that an earlier row of the chunk gives away.
const nameGoneSql = sql`case
  when wanted is not null and row_number() over (partition by wanted order by row_no) > 1 then 'taken' end`;

// What a row of an undo is planned as tells what it makes of its user, unless that is nothing.
const undoRowsSql = sql`(
  select *, case when ${input.plan} = 'unchanged' then ${input.undone}::jsonb
    else jsonb_build_object('undo', ${input.plan}) end as undo
  from ${workRows} input offset 0)`;

/** A row of which both can be told sees by the version of its user whether that was deleted or restored. */
const goneSql: Record<WantedState["of"], SqlText> = {
  active: sql`when users.deleted_at is not null then 'gone'`,
  deleted: sql`when users.deleted_at is null then 'gone'`,
  either: sql``,
};

/** SQL for how a row ends whose user was removed for good. */
function missingSql(operation: PlannedOperation): SqlText {
  if (operation === "removeUsers") return sql`'unchanged'`;
  if (operation !== "undoBatch") return sql`'gone'`;
  return sql`case when ${input.plan} in ('delete', 'unchanged') then 'unchanged' else 'gone' end`;
}

// Numbered by themselves: the rows that are compared are wide to sort.
const repeatedSql = sql`
  select row_no from (
    select row_no, row_number() over (partition by user_id order by row_no) as place from ${workRows}) placed
  where place > 1`;

const endSql = (
  operation: PlannedOperation,
  { of, same, name }: WantedState,
  { batchId: id, customerId, restorableSince, now, checksFirst }: Work,
) => sql`
select row_no as "rowNo", ending, user_id as "userId", name as "userPrincipalName" from (
  select row_no, user_id, name, ${name === undefined ? sql`ending` : sql`coalesce(ending, ${nameGoneSql}) as ending`} from (
    select ${input.rowNo}, ${input.userId}, coalesce(${input.userPrincipalName}, users.user_principal_name) as name,
      case when ${input.step} is null then lower(${name ?? sql`null`}) end as wanted, case
      when users.id is null then ${missingSql(operation)}
      -- An earlier run took the row as far as its last step, which is all that is left.
      when ${input.step} is not null then case when users.deleted_at is not null then 'gone' end
      when ${same({ id, customerId, restorableSince, now })} then 'unchanged'
      ${goneSql[of]}
      when ${input.plan} = 'unchanged' or users.version <> ${input.userVersion} then 'moved'
      -- Two rows of one user; where rows were edited, the plan may not have seen it.
      when ${input.rowNo} in (${repeatedSql}) then 'moved'
      -- On the first try the index on names refuses what somebody else has taken.
      ${name === undefined || !checksFirst ? sql`` : sql`when ${takenSql(name)} then 'taken'`}
    end as ending
    from ${operation === "undoBatch" ? undoRowsSql : workRows} input
    -- One index probe a row, however large the directory is.
    left join lateral (select * from users where id = ${input.userId} and customer_id = ${customerId} offset 0) users on true
    offset 0 -- names are numbered by themselves as well
  ) compared
) decided
where ending is not null
order by row_no`;
