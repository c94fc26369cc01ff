import { exampleIds } from "./example-ids.ts";
import type { SomeExamples } from "./example.ts";

/** Examples of webhooks. */
export const webhookExamples: SomeExamples<"listWebhooks" | "createWebhook" | "changeWebhook" | "listDeliveries"> = {
  listWebhooks: { first: { summary: "The first 50 webhooks", query: { limit: 50 } } },
  createWebhook: {
    all: {
      summary: "All events of all customers",
      body: { name: "Ticket system", address: "https://tickets.partner.example/hooks/muster" },
    },
    failures: {
      summary: "What went wrong at one customer",
      body: {
        name: "On-call",
        address: "https://pager.partner.example/muster",
        customerId: exampleIds.customerId,
        events: ["batch.paused", "batch.failed_in_part"],
      },
    },
  },
  changeWebhook: { off: { summary: "No messages for now", body: { enabled: false } } },
  listDeliveries: { failed: { summary: "Messages that were given up", query: { state: "failed" } } },
};
