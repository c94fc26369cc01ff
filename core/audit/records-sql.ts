/** Who did what to whom, as SQL over the rows that the records are about. What is not named stays empty. */
type RecordSql = {
  /** The id and the name, such as `$3, $4`. */
  actor: string;
  customer: string;
  batch?: string;
  row?: string;
  user?: string;
  before?: string;
  after?: string;
};

const columns = {
  actor: "actor_id, actor_name",
  customer: "customer_id",
  batch: "batch_id",
  row: "row_no",
  user: "user_id",
  before: "before",
  after: "after",
} satisfies Record<keyof RecordSql, string>;

/**
 * SQL that writes an audit record for each row of the `from` that is to follow, of what succeeded there. `operation` is SQL
 * as well.
 */
export function recordsSql(operation: string, record: RecordSql): string {
  const said = Object.entries(record) as [keyof RecordSql, string][];
  const names = said.map(([name]) => columns[name]);
  const values = said.map(([, value]) => value);
  return `insert into audit (operation, status, ${names.join(", ")}) select ${operation}, 'succeeded', ${values.join(", ")}`;
}
