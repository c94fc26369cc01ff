/** SQL for a text as people compare it, written in any case; nothing is the same as a blank. An index and statistics have it. */
export function foldedSql(text: string): string {
  return `coalesce(lower(${text} collate "und-x-icu"), '')`;
}
