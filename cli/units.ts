/** `amount` with commas between the thousands. */
export function count(amount: number): string {
  return Math.round(amount).toLocaleString("en-US");
}

/** `amount` of things, such as `1 row` or `2,000 rows`. */
export function amountOf(amount: number, one: string, several = `${one}s`): string {
  return `${count(amount)} ${amount === 1 ? one : several}`;
}

/** A number of bytes with the unit that suits it. */
export function size(bytes: number): string {
  if (bytes < 1000) return amountOf(bytes, "byte");
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(0)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** A stretch of time in its two largest units. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
