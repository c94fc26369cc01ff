/** A note that begins with `count`, ends as `one` or `many` fits it, and is left out where there is none. */
export function countNote(count: number, one: string, many: string): string[] {
  return count === 0 ? [] : [`${count.toLocaleString("en")} ${count === 1 ? one : many}`];
}
