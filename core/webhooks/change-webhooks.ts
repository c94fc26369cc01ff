import { Problem } from "../../contract/problem.ts";
import type { NewWebhook, WebhookChange } from "../../contract/webhooks.ts";
import { inTransaction, type Tx } from "../../db/in-transaction.ts";
import { newId } from "../../db/new-id.ts";
import { sql } from "../../db/sql-text.ts";
import type { Actor } from "../actor.ts";
import { recordAct } from "../audit/record-act.ts";
import type { CoreContext } from "../context.ts";
import { webhookOwner } from "../secrets/secrets.ts";
import { makeWebhookSecret } from "./webhook-secret.ts";

type Kept = { name: string; address: string; events: string[]; failedRows: boolean; enabled: boolean };

/**
 * Makes a webhook and gives its secret, this once: it is kept sealed.
 * @throws Problem not_found where there is no such customer
 */
export async function createWebhook(
  context: CoreContext,
  actor: Actor,
  { name, address, customerId, events, failedRows }: NewWebhook,
): Promise<{ id: string; secret: string }> {
  const id = newId();
  const secret = makeWebhookSecret();
  const [sealed = null] = context.secrets.sealAll([secret], [webhookOwner(id)]);
  await inTransaction(context.db.pool, async (tx) => {
    if (customerId !== null) {
      const held = await tx.rows(sql`select from customers where id = ${customerId} for key share`);
      if (held.length === 0) throw new Problem("not_found", "There is no such customer.");
    }
    await tx.rows(sql`
      insert into webhooks (id, name, address, customer_id, events, failed_rows, sealed, created_at, created_by)
      values (${id}, ${name}, ${address}, ${customerId}, ${events}, ${failedRows}, ${sealed}, ${context.now()}, ${actor.name})`);
    const after = pictureOf(id, { name, address, events, failedRows, enabled: true });
    await recordAct(tx, actor, { operation: "create_webhook", customerId, after });
    await actor.recordResult?.(tx, id);
  });
  return { id, secret };
}

/** Changes a webhook; what waits for one that is switched off stays until it is on again. @throws Problem not_found */
export async function changeWebhook(
  context: Pick<CoreContext, "db">,
  actor: Actor,
  webhookId: string,
  change: WebhookChange,
): Promise<void> {
  await inTransaction(context.db.pool, async (tx) => {
    const before = await holdWebhook(tx, webhookId);
    const after = {
      name: change.name ?? before.name,
      address: change.address ?? before.address,
      events: change.events ?? before.events,
      failedRows: change.failedRows ?? before.failedRows,
      enabled: change.enabled ?? before.enabled,
    };
    await tx.rows(sql`
      update webhooks set name = ${after.name}, address = ${after.address}, events = ${after.events},
        failed_rows = ${after.failedRows}, enabled = ${after.enabled}
      where id = ${webhookId}`);
    const pictures = { before: pictureOf(webhookId, before), after: pictureOf(webhookId, after) };
    await recordAct(tx, actor, { operation: "change_webhook", customerId: before.customerId, ...pictures });
  });
}

/** Removes a webhook with all its deliveries. @throws Problem not_found */
export async function deleteWebhook(context: CoreContext, actor: Actor, webhookId: string): Promise<void> {
  await inTransaction(context.db.pool, async (tx) => {
    const { customerId, ...webhook } = await holdWebhook(tx, webhookId);
    await tx.rows(sql`delete from webhooks where id = ${webhookId}`);
    await recordAct(tx, actor, { operation: "delete_webhook", customerId, before: pictureOf(webhookId, webhook) });
  });
}

async function holdWebhook(tx: Tx, webhookId: string): Promise<Kept & { customerId: string | null }> {
  const [found] = await tx.rows<Kept & { customerId: string | null }>(sql`
    select name, address, customer_id as "customerId", events, failed_rows as "failedRows", enabled from webhooks where id = ${webhookId} for update`);
  if (found === undefined) throw new Problem("not_found", "There is no such webhook.");
  return found;
}

/** What the audit keeps of a webhook: of its address only the host, because the rest can be a secret, and nothing of a mail address. */
function pictureOf(webhookId: string, { name, address, events, failedRows, enabled }: Kept): Record<string, unknown> {
  const { protocol, host } = new URL(address);
  return { webhookId, name, host: host === "" ? protocol : host, events, failedRows, enabled };
}
