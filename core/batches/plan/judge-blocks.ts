import type { Tx } from "../../../db/in-transaction.ts";
import type { SeatNeed } from "../../../db/schema/batches.ts";
import type { CoreContext } from "../../context.ts";
import { judgeRows } from "./judge-rows.ts";
import { restorableSince, type PlannedBatch } from "./plan-batch.ts";

/** Judges the rows of a batch on their way in: `stored` is told the last row of each block, `end` gives the seats that all rows need. */
export type BlockJudge = { stored: (rowTo: number) => Promise<void>; end: () => Promise<SeatNeed[] | null> };

/** Planning the statement takes Postgres as long as running it over 400 rows. */
const judgedRows = 5000;

/**
 * A judge of rows that are stored, while those behind them are still read: Postgres would only wait for them. It judges
 * none, and `end` gives null, where all must wait for the last: names are built when all others are known, and rows about
 * users who are there already are compared with each other.
 */
export function judgeBlocks(context: CoreContext, tx: Tx, batch: PlannedBatch): BlockJudge {
  if (batch.operation !== "createUsers" || batch.options.upnPattern !== undefined) {
    return { stored: async () => {}, end: async () => null };
  }
  const since = restorableSince(context);
  const sums = new Map<string, SeatNeed>();
  let judged = 0;
  let last = 0;

  async function judge(): Promise<void> {
    const rows = { rows: "range", rowFrom: judged + 1, rowTo: last } as const;
    judged = last;
    for (const need of await judgeRows(tx, batch, since, rows)) {
      sums.set(need.skuId, { ...need, needed: need.needed + (sums.get(need.skuId)?.needed ?? 0) });
    }
  }

  return {
    async stored(rowTo) {
      last = rowTo;
      if (last - judged >= judgedRows) await judge();
    },
    async end() {
      if (last > judged) await judge();
      return [...sums.values()].toSorted((a, b) => (a.skuPartNumber < b.skuPartNumber ? -1 : 1));
    },
  };
}
