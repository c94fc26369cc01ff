import type { CoreContext } from "../../context.ts";
import type { NameHolders } from "../../batches/plan/free-names.ts";
import { holdersSql } from "../../batches/plan/holders-sql.ts";
import { restorableSince } from "../../batches/plan/plan-batch.ts";
import { asksOf } from "../../sql/asks.ts";
import { sql } from "../../../db/sql-text.ts";

/** Gives a question that tells which of some sign-in names are held right now, by whichever customer's user. */
export function lookForHolders(context: CoreContext): (names: string[]) => Promise<NameHolders> {
  const asks = asksOf(context.db.pool);
  return async (names) => {
    const held = await asks.rows<{ name: string; active: boolean }>(
      sql`select asked.name, bool_or(holder.active) as active
       from unnest(${names}::text[]) asked (name)
       cross join lateral ${holdersSql(sql`asked.name`, restorableSince(context))} holder group by asked.name`,
    );
    return new Map(held.map(({ name, active }) => [name, { kind: active ? "user" : "deleted" }]));
  };
}
