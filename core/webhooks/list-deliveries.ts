import type { Page } from "../../contract/paging.ts";
import type { Delivery, DeliveryQuery } from "../../contract/webhooks.ts";
import type { CoreContext } from "../context.ts";
import { cutPage, unpackCursor } from "../paging.ts";
import { messageOf, type KeptMessage } from "./message-of.ts";

type Found = Pick<Delivery, "id" | "state" | "attempts" | "status" | "fault"> &
  KeptMessage & { nextAt: Date; endedAt: Date | null; exactTime: string };

/** Gives a page of the messages to a webhook, the latest first. */
export async function listDeliveries(
  context: CoreContext,
  webhookId: string,
  { limit, cursor, count, state }: DeliveryQuery,
): Promise<Page<Delivery>> {
  const { sql } = context.db;
  const place = unpackCursor(cursor, ["time", "id"]);
  const behind =
    place === null
      ? sql`true`
      : sql`(created_at, id) < (${place[0] ?? ""}::text::timestamptz, ${place[1] ?? ""}::uuid)`;
  const which = sql`webhook_id = ${webhookId} and ${state === undefined ? sql`true` : sql`state = ${state}`}`;
  const found = await readDeliveries(context, sql`${which} and ${behind}`, limit + 1);
  const page = cutPage(found, limit, (last) => [last.exactTime, last.id]);
  const items = page.items.map(shown);
  if (!count) return { ...page, items };
  const [counted] = await sql<
    { total: number }[]
  >`select count(*)::int as total from webhook_deliveries where ${which}`;
  return { ...page, items, total: counted?.total ?? 0 };
}

/** Gives one message to a webhook, or null where there is none. */
export async function getDelivery(context: CoreContext, deliveryId: string): Promise<Delivery | null> {
  const [found] = await readDeliveries(context, context.db.sql`id = ${deliveryId}`, 1);
  return found === undefined ? null : shown(found);
}

async function readDeliveries(
  { db: { sql } }: CoreContext,
  where: ReturnType<CoreContext["db"]["sql"]["unsafe"]>,
  limit: number,
): Promise<Found[]> {
  return await sql<Found[]>`
    select id, event, data, state, attempts, status, fault, next_at as "nextAt", created_at as "createdAt",
      ended_at as "endedAt", created_at::text as "exactTime"
    from webhook_deliveries where ${where} order by created_at desc, id desc limit ${limit}`;
}

function shown({ id, state, attempts, status, fault, nextAt, endedAt, ...kept }: Found): Delivery {
  return {
    id,
    state,
    message: messageOf(kept),
    attempts,
    status,
    fault,
    nextAt: state === "waiting" ? nextAt.toISOString() : null,
    endedAt: endedAt?.toISOString() ?? null,
  };
}
