import type { Tx } from "../../../db/in-transaction.ts";
import type { SeatNeed } from "../../../db/schema/batches.ts";
import type { CoreContext } from "../../context.ts";
import { decideRows } from "./decide-rows.ts";
import { restorableSince, type PlannedBatch } from "./plan-batch.ts";

/** Decides on the rows of a batch on their way in: `stored` is told the last row of each block, `end` gives the seats that all rows need. */
export type BlockDecisions = { stored: (rowTo: number) => Promise<void>; end: () => Promise<SeatNeed[] | null> };

/** Planning the statement takes Postgres as long as running it over 400 rows. */
const decidedRows = 5000;

/**
 * Decides on rows that are stored, while those behind them are still read: Postgres would only wait for them. It decides
 * on none, and `end` gives null, where all must wait for the last: names are built when all others are known, and rows about
 * users who are there already are compared with each other.
 */
export function decideBlocks(context: CoreContext, tx: Tx, batch: PlannedBatch): BlockDecisions {
  if (batch.operation !== "createUsers" || batch.options.upnPattern !== undefined) {
    return { stored: async () => {}, end: async () => null };
  }
  const since = restorableSince(context);
  const sums = new Map<string, SeatNeed>();
  let decided = 0;
  let last = 0;

  async function decide(): Promise<void> {
    const rows = { rows: "range", rowFrom: decided + 1, rowTo: last } as const;
    decided = last;
    for (const need of await decideRows(tx, batch, since, rows)) {
      sums.set(need.skuId, { ...need, needed: need.needed + (sums.get(need.skuId)?.needed ?? 0) });
    }
  }

  return {
    async stored(rowTo) {
      last = rowTo;
      if (last - decided >= decidedRows) await decide();
    },
    async end() {
      if (last > decided) await decide();
      return [...sums.values()].toSorted((a, b) => (a.skuPartNumber < b.skuPartNumber ? -1 : 1));
    },
  };
}
