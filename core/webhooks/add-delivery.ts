import { Problem } from "../../contract/problem.ts";
import { testEvent } from "../../contract/webhooks.ts";
import { inTransaction } from "../../db/in-transaction.ts";
import { notifyWebhook } from "../../db/notify.ts";
import { newId } from "../../db/new-id.ts";
import { sql } from "../../db/sql-text.ts";
import type { Actor } from "../actor.ts";
import { recordAct } from "../audit/record-act.ts";
import type { CoreContext } from "../context.ts";

/** Adds a message that tries a webhook. @throws Problem not_found */
export async function testWebhook(context: CoreContext, actor: Actor, webhookId: string): Promise<{ id: string }> {
  const id = newId();
  await inTransaction(context.db.pool, async (tx) => {
    const [webhook] = await tx.rows<{ customerId: string | null }>(
      sql`select customer_id as "customerId" from webhooks where id = ${webhookId} for key share`,
    );
    if (webhook === undefined) throw new Problem("not_found", "There is no such webhook.");
    await tx.rows(sql`
      insert into webhook_deliveries (id, webhook_id, event) values (${id}, ${webhookId}, ${testEvent})`);
    await notifyWebhook(tx);
    await recordAct(tx, actor, { operation: "test_webhook", ...webhook, after: { webhookId, deliveryId: id } });
    await actor.recordResult?.(tx, id);
  });
  return { id };
}

/** Lets a message go out once more, at once and with all its attempts. @throws Problem not_found */
export async function resendDelivery(
  context: CoreContext,
  actor: Actor,
  webhookId: string,
  deliveryId: string,
): Promise<{ id: string }> {
  await inTransaction(context.db.pool, async (tx) => {
    const [webhook] = await tx.rows<{ customerId: string | null }>(sql`
      update webhook_deliveries set state = 'waiting', attempts = 0, next_at = now(), ended_at = null
      from webhooks where webhooks.id = webhook_id and webhook_id = ${webhookId} and webhook_deliveries.id = ${deliveryId}
      returning customer_id as "customerId"`);
    if (webhook === undefined) throw new Problem("not_found", "The webhook has no such delivery.");
    await notifyWebhook(tx);
    await recordAct(tx, actor, { operation: "resend_webhook", ...webhook, after: { webhookId, deliveryId } });
    await actor.recordResult?.(tx, deliveryId);
  });
  return { id: deliveryId };
}
