import type { AuditAct, UserStep } from "../../contract/audit-steps.ts";
import { sql, type SqlText, type SqlValue } from "../../db/sql-text.ts";
import type { Who } from "../actor.ts";

/** Who did what to whom: values, or SQL over the rows that the records are about. What is not named stays empty. */
type RecordSql = {
  actor: Pick<Who, "id" | "name">;
  customer: SqlText | SqlValue;
  batch?: SqlText | SqlValue;
  row?: SqlText;
  user?: SqlText;
  before?: SqlText;
  after?: SqlText;
};

const columns = {
  customer: "customer_id",
  batch: "batch_id",
  row: "row_no",
  user: "user_id",
  before: "before",
  after: "after",
} satisfies Record<Exclude<keyof RecordSql, "actor">, string>;

/**
 * SQL that writes an audit record for each row of the `from` that is to follow, of what succeeded there. Where the rows
 * tell of different steps, `operation` is SQL as well.
 */
export function recordsSql(operation: UserStep | AuditAct | SqlText, { actor, ...record }: RecordSql): SqlText {
  const said = Object.entries(record) as [keyof typeof columns, SqlText | SqlValue][];
  const names = sql.unsafe(said.map(([name]) => columns[name]).join(", "));
  const values = sql.join(
    said.map(([, value]) => sql`${value}`),
    ", ",
  );
  return sql`insert into audit (operation, status, actor_id, actor_name, ${names})
    select ${operation}, 'succeeded', ${actor.id}, ${actor.name}, ${values}`;
}
