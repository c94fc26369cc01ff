import { Problem } from "../../../contract/problem.ts";
import { allowLong, inTransaction, type Tx } from "../../../db/in-transaction.ts";
import { sql } from "../../../db/sql-text.ts";
import { mayBegin } from "../../access/authority/may.ts";
import type { Actor } from "../../actor.ts";
import type { CoreContext } from "../../context.ts";
import { brakeOf } from "../plan/brake-of.ts";
import { readBraked, readHitsOfFile } from "../plan/read-braked.ts";
import { applyHeld } from "../run/apply-batch.ts";
import { mayMoveSql } from "../state/move-batches.ts";
import { authorityAt, type BatchOfBundle } from "./divide-rows.ts";

/**
 * Starts all batches of a bundle that are ready, have rows to carry out, and for whose customers the actor may do it; asks for
 * the approval of those that need one. `confirm` is how many users all plans together hit that need a number. One transaction.
 * @throws Problem confirmation_needed, where another number is right, and nothing has started
 */
export async function applyBundle(
  context: CoreContext,
  actor: Actor,
  bundleId: string,
  { confirm }: { confirm?: number | undefined },
): Promise<void> {
  await inTransaction(context.db.pool, async (tx) => {
    await allowLong(tx);
    const ready = await holdReady(tx, bundleId);
    const ofFile = await readHitsOfFile(tx, bundleId);
    const unconfirmed = [];
    let users = 0;
    for (const batch of ready) {
      const at = { ...actor, authority: await authorityAt(context, tx, actor, batch.customerId) };
      if (!mayBegin(at.authority, batch.operation).allowed) continue;
      const brake = brakeOf(await readBraked(tx, batch.id, ofFile));
      if (brake.needs === "confirmation") {
        users += brake.users;
        unconfirmed.push({ batch, at });
      } else await applyHeld(context, tx, at, batch, { ofFile });
    }
    if (unconfirmed.length > 0 && confirm !== users) throw confirmationNeeded(unconfirmed.length, users);
    for (const { batch, at } of unconfirmed) await applyHeld(context, tx, at, batch, { confirm: "named", ofFile });
    await actor.recordResult?.(tx, bundleId);
  });
}

async function holdReady(tx: Tx, bundleId: string): Promise<BatchOfBundle[]> {
  return await tx.rows<BatchOfBundle>(sql`
    select id, customer_id as "customerId", operation from batches
    where bundle_id = ${bundleId} and ${mayMoveSql("start")}
      and exists (select from chunks where batch_id = batches.id and pending > 0)
    order by id for update`);
}

function confirmationNeeded(batches: number, users: number): Problem {
  const hit = `${users.toLocaleString("en")} users`;
  const message = `${batches === 1 ? "One of the plans hits" : `${batches} of the plans hit`} ${hit}. To start them, name that number: confirm ${users}.`;
  return new Problem("confirmation_needed", message, { errors: [{ column: "confirm", message }] });
}
