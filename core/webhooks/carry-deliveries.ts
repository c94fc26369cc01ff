import type { DeliveryFault, SentEvent, WebhookMessage } from "../../contract/webhooks.ts";
import type { Database } from "../../db/open-database.ts";
import { systemActor } from "../actor.ts";
import { recordsSql } from "../audit/records-sql.ts";
import { asksOf } from "../sql/asks.ts";
import { sql } from "../../db/sql-text.ts";
import type { CoreContext } from "../context.ts";
import { messageOf, type KeptMessage } from "./message-of.ts";
import { withFailedRows } from "./with-failed-rows.ts";
import { webhookOwner } from "../secrets/secrets.ts";
import { signedHeaders } from "./webhook-secret.ts";

/**
 * A message that is due, for the queue: how often it was tried so far, and the trace of whoever had the batch carried out that it
 * tells of.
 */
export type DueDelivery = { id: string; attempts: number; event: SentEvent; traceparent: string | null };

/** What is to be posted, and where to. */
export type Posting = {
  id: string;
  address: string;
  message: WebhookMessage;
  /** The message as it is posted, and what it is signed with. */
  body: string;
  headers: Record<string, string>;
};

/** How an attempt ended; without an answer the status is null, and where the receiver took the message the fault is. */
export type Attempt = { status: number | null; fault: DeliveryFault | null };

/** For so long a message that is on its way belongs to one job; after that its job counts as lost. */
const holdSeconds = 60;
const mostAtOnce = 200;
/** A receiver that takes its time has no more of the senders than these. */
const mostOfOneWebhook = 4;

/** Pauses after each attempt that did not get through, in seconds, as Standard Webhooks suggests; then it is given up. */
const pauses = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];

/** The status of an answer that asks for no more messages. */
const gone = 410;

const dueSql = sql`webhook_deliveries.state = 'waiting' and next_at <= now()`;
const wantedSql = sql`(webhooks.enabled or event = 'webhook.test')`;
const freeSql = sql`coalesce(held_until, '-infinity') < now()`;

/**
 * Takes messages that are due and that no job has, so that the caller puts them into the queue: of each webhook so many that no
 * more than four are on their way. Of two callers at once both choose the same ones, and the second leaves them.
 */
export async function claimDeliveries(db: Pick<Database, "pool">): Promise<DueDelivery[]> {
  return await asksOf(db.pool).rows<DueDelivery>(sql`
    update webhook_deliveries set held_until = now() + make_interval(secs => ${holdSeconds})
    where id in (
      select id from webhook_deliveries
      where ${dueSql} and ${freeSql} and id in (
        select id from (
          select webhook_deliveries.id,
            row_number() over (partition by webhook_id order by held_until is null, next_at, webhook_deliveries.id) as turn
          from webhook_deliveries join webhooks on webhooks.id = webhook_id where ${dueSql} and ${wantedSql}
        ) due where turn <= ${mostOfOneWebhook}
      )
      order by next_at limit ${mostAtOnce} for update skip locked
    ) returning id, attempts, event, (
      select traceparent from batches where batches.id = (webhook_deliveries.data ->> 'batchId')::uuid) as traceparent`);
}

/** Gives what is to be posted for a message, or null where it is not due any more. */
export async function readPosting(context: CoreContext, deliveryId: string): Promise<Posting | null> {
  const [found] = await asksOf(context.db.pool).rows<
    KeptMessage & { address: string; webhookId: string; sealed: Buffer; failedRows: boolean }
  >(sql`
    select event, data, webhook_deliveries.created_at as "createdAt", address, webhook_id as "webhookId", sealed,
      failed_rows as "failedRows"
    from webhook_deliveries join webhooks on webhooks.id = webhook_id
    where webhook_deliveries.id = ${deliveryId} and ${dueSql} and ${wantedSql}`);
  if (found === undefined) return null;
  const { address, sealed, webhookId, failedRows } = found;
  const message = failedRows ? await withFailedRows(context, messageOf(found)) : messageOf(found);
  const body = JSON.stringify(message);
  const secret = context.secrets.open(sealed, webhookOwner(webhookId));
  return { id: deliveryId, address, message, body, headers: signedHeaders(secret, deliveryId, context.now(), body) };
}

/**
 * Writes how an attempt ended: delivered where `fault` is null, else to be tried again or given up. Who answers 410 gets no
 * more messages, which is on record. Where others wait for their turn at the webhook, dispatchers are told.
 */
export async function endAttempt(
  db: Pick<Database, "pool">,
  deliveryId: string,
  { status, fault }: Attempt,
): Promise<void> {
  const closes = status === gone;
  const over = sql`(${fault === null || closes} or attempts + 1 > ${pauses.length})`;
  await asksOf(db.pool).rows(sql`
    with ended as (
      update webhook_deliveries set
        attempts = attempts + 1, status = ${status}, fault = ${fault}, held_until = null,
        next_at = now() + make_interval(secs => coalesce((${pauses}::int[])[attempts + 1], 0)),
        state = case when ${fault === null} then 'delivered' when ${over} then 'failed' else 'waiting' end,
        ended_at = case when ${over} then now() end
      where id = ${deliveryId} and state = 'waiting' returning webhook_id
    ), closed as (
      update webhooks set enabled = false where ${closes} and enabled and id in (select webhook_id from ended)
      returning id, customer_id
    ), recorded as (
    ${recordsSql("change_webhook", {
      actor: systemActor,
      customer: sql`customer_id`,
      before: sql`json_build_object('webhookId', id, 'enabled', true)`,
      after: sql`json_build_object('webhookId', id, 'enabled', false)`,
    })} from closed
    )
    select pg_notify('muster_webhook', '') from ended where exists (
      select from webhook_deliveries where webhook_id = ended.webhook_id and ${dueSql} and ${freeSql})`);
}
