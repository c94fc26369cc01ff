import type { Tx } from "../../../db/in-transaction.ts";
import { sql } from "../../../db/sql-text.ts";

/** Postgres ends a transaction of an api in which nothing happened for 20 s: that api is gone. */
const beatMs = 10_000;

/** Passes on what `source` gives. While that is slow to come, `tx` says every `everyMs` that it lives. */
export async function* keepAwake<T>(tx: Tx, source: AsyncIterable<T>, everyMs = beatMs): AsyncGenerator<T> {
  const beating = setInterval(() => {
    // Where it fails, so does what comes after it.
    tx.rows(sql`select 1`).catch(() => {});
  }, everyMs);
  try {
    for await (const one of source) {
      yield one;
      beating.refresh();
    }
  } finally {
    clearInterval(beating);
  }
}
