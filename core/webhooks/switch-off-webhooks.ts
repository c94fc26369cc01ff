import { systemActor } from "../actor.ts";
import type { CoreContext } from "../context.ts";
import { changeWebhook } from "./change-webhooks.ts";

/** Switches off all webhooks that are on, each on record, and gives how many that were; what waits for them stays. */
export async function switchOffWebhooks(context: Pick<CoreContext, "db">): Promise<number> {
  const on = await context.db.sql<{ id: string }[]>`select id from webhooks where enabled order by id`;
  for (const { id } of on) await changeWebhook(context, systemActor, id, { enabled: false });
  return on.length;
}
