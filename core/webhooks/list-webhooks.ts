import type { Page, PageQuery } from "../../contract/paging.ts";
import type { Webhook } from "../../contract/webhooks.ts";
import type { CoreContext } from "../context.ts";
import { cutPage, unpackCursor } from "../paging.ts";

type Found = Omit<Webhook, "createdAt"> & { createdAt: Date; exactTime: string };

/** Gives a page of the webhooks, the latest first. */
export async function listWebhooks(context: CoreContext, { limit, cursor, count }: PageQuery): Promise<Page<Webhook>> {
  const { sql } = context.db;
  const place = unpackCursor(cursor, ["time", "id"]);
  const behind =
    place === null
      ? sql`true`
      : sql`(webhooks.created_at, webhooks.id) < (${place[0] ?? ""}::text::timestamptz, ${place[1] ?? ""}::uuid)`;
  const found = await readWebhooks(context, behind, limit + 1);
  const page = cutPage(found, limit, (last) => [last.exactTime, last.id]);
  const items = page.items.map(shown);
  if (!count) return { ...page, items };
  const [counted] = await sql<{ total: number }[]>`select count(*)::int as total from webhooks`;
  return { ...page, items, total: counted?.total ?? 0 };
}

/** Gives one webhook, or null where there is none. */
export async function getWebhook(context: CoreContext, webhookId: string): Promise<Webhook | null> {
  const [found] = await readWebhooks(context, context.db.sql`webhooks.id = ${webhookId}`, 1);
  return found === undefined ? null : shown(found);
}

async function readWebhooks(
  { db: { sql } }: CoreContext,
  where: ReturnType<CoreContext["db"]["sql"]["unsafe"]>,
  limit: number,
): Promise<Found[]> {
  return await sql<Found[]>`
    select webhooks.id, webhooks.name, address, customer_id as "customerId", customers.name as "customerName", events,
      failed_rows as "failedRows", enabled, webhooks.created_at as "createdAt", webhooks.created_at::text as "exactTime", created_by as "createdBy",
      (select count(*)::int from webhook_deliveries where webhook_id = webhooks.id and state = 'waiting') as waiting,
      (select count(*)::int from webhook_deliveries where webhook_id = webhooks.id and state = 'failed') as failed
    from webhooks left join customers on customers.id = customer_id
    where ${where} order by webhooks.created_at desc, webhooks.id desc limit ${limit}`;
}

function shown({ createdAt, exactTime: _exact, ...webhook }: Found): Webhook {
  return { ...webhook, createdAt: createdAt.toISOString() };
}
