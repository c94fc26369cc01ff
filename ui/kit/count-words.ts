const count = new Intl.NumberFormat();

/** A whole number with its thousands apart. */
export function n(amount: number): string {
  return count.format(amount);
}

/** A number with the word for one, or for none and more. */
export function many(amount: number, one: string, more: string): string {
  return `${n(amount)} ${amount === 1 ? one : more}`;
}
