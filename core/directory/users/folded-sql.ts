import { sql, type SqlText } from "../../../db/sql-text.ts";

/** SQL for a text as people compare it, written in any case; nothing is the same as a blank. An index and statistics have it. */
export function foldedSql(text: SqlText): SqlText {
  return sql`coalesce(lower(${text} collate "und-x-icu"), '')`;
}
