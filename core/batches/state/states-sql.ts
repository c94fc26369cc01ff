import { sql, type SqlText } from "../../../db/sql-text.ts";

/** SQL for a list of states, to stand after `in`. */
export function statesSql(states: readonly string[]): SqlText {
  return sql.unsafe(`(${states.map((state) => `'${state}'`).join(", ")})`);
}
