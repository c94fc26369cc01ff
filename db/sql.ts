import { SqlText, type SqlValue } from "./sql-text.ts";

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
    ...values: (SqlValue | SqlText | Statement<never[]> | Statement)[]
  ): Statement<Answer>;
  /** Makes a piece of SQL of a text that is ours; never of one that came from outside. */
  unsafe(text: string): Statement;
};

/** Carries a statement out. */
type Run = (text: string, values: SqlValue[]) => Promise<Rows<Row[]>>;

/** Makes the tag whose statements `run` carries out. */
export function makeSql(run: Run): Sql {
  const sql = (strings: readonly string[], ...values: (SqlValue | SqlText)[]) =>
    new PendingStatement(run, strings, values);
  return Object.assign(sql, { unsafe: (text: string) => sql([text]) }) as unknown as Sql;
}

class PendingStatement extends SqlText implements Promise<Rows<Row[]>> {
  readonly [Symbol.toStringTag] = "Statement";
  readonly #run: Run;
  #answer: Promise<Rows<Row[]>> | undefined;

  constructor(run: Run, strings: readonly string[], values: readonly (SqlValue | SqlText)[]) {
    super(strings, values);
    this.#run = run;
  }

  execute(): Promise<Rows<Row[]>> {
    this.#answer ??= this.#send();
    return this.#answer;
  }

  async #send(): Promise<Rows<Row[]>> {
    const { text, values } = this.write();
    return await this.#run(text, values);
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
