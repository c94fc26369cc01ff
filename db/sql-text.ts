/** What a statement takes as a value. A JSON value is passed as text (`JSON.stringify`). */
export type SqlValue =
  | string
  | number
  | bigint
  | boolean
  | Date
  | Buffer
  | null
  | readonly (string | number | boolean | Date | Buffer | null)[];

/** A statement or a piece of one, with its values in their places. */
export class SqlText {
  readonly #strings: readonly string[];
  readonly #parts: readonly (SqlValue | SqlText)[];

  constructor(strings: readonly string[], parts: readonly (SqlValue | SqlText)[]) {
    this.#strings = strings;
    this.#parts = parts;
  }

  /** Gives the text, in which the values are numbers (`$1`), and the values. @throws TypeError where one is undefined */
  write(): { text: string; values: SqlValue[] } {
    const values: SqlValue[] = [];
    return { text: this.#append(values), values };
  }

  /** Gives the text of a piece that is all ours, for the other driver. @throws TypeError where it has values */
  constant(): string {
    const { text, values } = this.write();
    if (values.length > 0) throw new TypeError("The piece has values.");
    return text;
  }

  #append(values: SqlValue[]): string {
    let text = this.#strings[0] ?? "";
    this.#parts.forEach((part, at) => {
      if (part === undefined) throw new TypeError("A value of a statement is undefined; null stands for none.");
      text += part instanceof SqlText ? part.#append(values) : `$${values.push(part)}${castOf(part)}`;
      text += this.#strings[at + 1] ?? "";
    });
    return text;
  }
}

/**
 * Writes a statement for `tx.rows`, or a piece of one, `` sql`select id from users where upn = ${upn}` ``. Values never become
 * part of its text; other pieces do, with theirs.
 */
export const sql = Object.assign(
  (strings: TemplateStringsArray, ...parts: (SqlValue | SqlText)[]) => new SqlText(strings, parts),
  {
    /** Makes a piece of a text that is ours; never of one that came from outside. */
    unsafe: (text: string) => new SqlText([text], []),
    /** Puts pieces one after another, with `between` between them, which is ours. */
    join: (pieces: readonly SqlText[], between: string) =>
      new SqlText(["", ...pieces.slice(1).map(() => between), ""], pieces),
  },
);

/** Postgres guesses what a value is from its place, and a date or a truth value is not always guessed right. */
function castOf(value: SqlValue): string {
  if (value instanceof Date) return "::timestamptz";
  return typeof value === "boolean" ? "::boolean" : "";
}
