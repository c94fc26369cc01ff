/** What a statement takes as a value. A JSON value is passed as text (`JSON.stringify`). */
type Value = string | number | bigint | boolean | Date | Buffer | null | readonly (string | number | boolean | null)[];

/** The rows of an answer; `count` says how many the statement read or changed. */
type Rows<Answer extends readonly object[]> = Answer & { readonly count: number };

/** A statement. It runs once somebody waits for it or calls `execute`; until then it can stand inside another one. */
type Statement<Answer extends readonly object[] = Row[]> = Promise<Rows<Answer>> & {
  execute(): Promise<Rows<Answer>>;
};

// oxlint-disable-next-line typescript/no-explicit-any -- what a column holds is known to whoever wrote the SQL
type Row = Record<string, any>;

/**
 * Writes a statement, ``sql<{ id: string }[]>`select id from users where upn = ${upn}` ``, whose values never become part
 * of its text. Column names come back as the SQL names them.
 */
export type Sql = {
  <Answer extends readonly object[] = Row[]>(
    strings: TemplateStringsArray,
    ...values: (Value | Statement<never[]> | Statement)[]
  ): Statement<Answer>;
  /** Makes a piece of SQL of a text that is ours; never of one that came from outside. */
  unsafe(text: string): Statement;
};

/** Carries a statement out. */
type Run = (text: string, values: Value[]) => Promise<Rows<Row[]>>;

/** Makes the tag whose statements `run` carries out. */
export function makeSql(run: Run): Sql {
  const sql = (strings: readonly string[], ...values: (Value | PendingStatement)[]) =>
    new PendingStatement(run, strings, values);
  return Object.assign(sql, { unsafe: (text: string) => sql([text]) }) as unknown as Sql;
}

class PendingStatement implements Promise<Rows<Row[]>> {
  readonly [Symbol.toStringTag] = "Statement";
  readonly #run: Run;
  readonly #strings: readonly string[];
  readonly #values: readonly (Value | PendingStatement)[];
  #answer: Promise<Rows<Row[]>> | undefined;

  constructor(run: Run, strings: readonly string[], values: readonly (Value | PendingStatement)[]) {
    this.#run = run;
    this.#strings = strings;
    this.#values = values;
  }

  execute(): Promise<Rows<Row[]>> {
    this.#answer ??= this.#send();
    return this.#answer;
  }

  async #send(): Promise<Rows<Row[]>> {
    const values: Value[] = [];
    return await this.#run(this.#write(values), values);
  }

  /** The text, with the values appended to `values` and their numbers in their places. */
  #write(values: Value[]): string {
    let text = this.#strings[0] ?? "";
    this.#values.forEach((value, at) => {
      if (value === undefined) throw new TypeError("A value of a statement is undefined; null stands for none.");
      text += value instanceof PendingStatement ? value.#write(values) : `$${values.push(value)}${castOf(value)}`;
      text += this.#strings[at + 1] ?? "";
    });
    return text;
  }

  // oxlint-disable-next-line unicorn/no-thenable -- a statement is waited for as a promise is
  then<A, B>(
    answered?: ((rows: Rows<Row[]>) => A | PromiseLike<A>) | null,
    failed?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.execute().then(answered, failed);
  }

  catch<B>(failed?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<Rows<Row[]> | B> {
    return this.execute().catch(failed);
  }

  finally(act?: (() => void) | null): Promise<Rows<Row[]>> {
    return this.execute().finally(act);
  }
}

/** Postgres guesses what a value is from its place, and a date or a truth value is not always guessed right. */
function castOf(value: Value): string {
  if (value instanceof Date) return "::timestamptz";
  return typeof value === "boolean" ? "::boolean" : "";
}
