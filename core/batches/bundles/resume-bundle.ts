import { inTransaction } from "../../../db/in-transaction.ts";
import { sql } from "../../../db/sql-text.ts";
import { mayBegin } from "../../access/authority/may.ts";
import type { Actor } from "../../actor.ts";
import type { CoreContext } from "../../context.ts";
import { resumeHeld } from "../run/pause-batch.ts";
import { mayMoveSql } from "../state/move-batches.ts";
import { authorityAt, type BatchOfBundle } from "./divide-rows.ts";

/** Goes on with all paused batches of a bundle for whose customers the actor may do it. One transaction. */
export async function resumeBundle(context: CoreContext, actor: Actor, bundleId: string): Promise<void> {
  await inTransaction(context.db.pool, async (tx) => {
    const paused = await tx.rows<BatchOfBundle>(sql`
      select id, customer_id as "customerId", operation from batches
      where bundle_id = ${bundleId} and ${mayMoveSql("resume")} order by id for update`);
    for (const batch of paused) {
      const at = { ...actor, authority: await authorityAt(context, tx, actor, batch.customerId) };
      if (mayBegin(at.authority, batch.operation).allowed) await resumeHeld(tx, at, batch);
    }
    await actor.recordResult?.(tx, bundleId);
  });
}
