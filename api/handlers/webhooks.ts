import { type Delivery, isMail, type Webhook } from "../../contract/webhooks.ts";
import type { CoreContext } from "../../core/context.ts";
import { resendDelivery, testWebhook } from "../../core/webhooks/add-delivery.ts";
import { changeWebhook, createWebhook, deleteWebhook } from "../../core/webhooks/change-webhooks.ts";
import { getDelivery, listDeliveries } from "../../core/webhooks/list-deliveries.ts";
import { getWebhook, listWebhooks } from "../../core/webhooks/list-webhooks.ts";
import type { SomeHandlers } from "../http/call.ts";
import { missing } from "../http/look-up.ts";

/** Handlers of webhooks and of the messages to them. */
export const webhookHandlers: SomeHandlers<
  | "listWebhooks"
  | "createWebhook"
  | "changeWebhook"
  | "deleteWebhook"
  | "testWebhook"
  | "listDeliveries"
  | "resendDelivery"
> = {
  async listWebhooks({ api, query }) {
    return { status: 200, body: await listWebhooks(api.context, query) };
  },

  createWebhook: {
    async act({ api, caller, body }) {
      const { id, secret } = await createWebhook(api.context, caller.actor, body);
      return { id, shownOnce: isMail(body.address) ? {} : { secret } };
    },
    async answer({ api }, { id, shownOnce }) {
      return { status: 201, body: { ...(await findWebhook(api.context, id)), ...shownOnce } };
    },
  },

  async changeWebhook({ api, caller, params, body }) {
    await changeWebhook(api.context, caller.actor, params.webhookId, body);
    return { status: 200, body: await findWebhook(api.context, params.webhookId) };
  },

  async deleteWebhook({ api, caller, params }) {
    await deleteWebhook(api.context, caller.actor, params.webhookId);
    return { status: 204 };
  },

  testWebhook: {
    act: ({ api, caller, params }) => testWebhook(api.context, caller.actor, params.webhookId),
    async answer({ api }, { id }) {
      return { status: 202, body: await findDelivery(api.context, id) };
    },
  },

  async listDeliveries({ api, params, query }) {
    await findWebhook(api.context, params.webhookId);
    return { status: 200, body: await listDeliveries(api.context, params.webhookId, query) };
  },

  resendDelivery: {
    act: ({ api, caller, params }) => resendDelivery(api.context, caller.actor, params.webhookId, params.deliveryId),
    async answer({ api }, { id }) {
      return { status: 202, body: await findDelivery(api.context, id) };
    },
  },
};

async function findWebhook(context: CoreContext, webhookId: string): Promise<Webhook> {
  const webhook = await getWebhook(context, webhookId);
  if (webhook === null) throw missing();
  return webhook;
}

async function findDelivery(context: CoreContext, deliveryId: string): Promise<Delivery> {
  const delivery = await getDelivery(context, deliveryId);
  if (delivery === null) throw missing();
  return delivery;
}
