import { expect, test } from "vitest";
import type { WebhookMessage } from "../../contract/webhooks.ts";
import { mailText } from "../../worker/webhooks/mail-text.ts";

type News = NonNullable<WebhookMessage["data"]>;

const none = { pending: 0, succeeded: 0, unchanged: 0, partial: 0, failed: 0, cancelled: 0 };
const batchId = "0190a1b2-0000-7000-8000-000000000001";
const usual: News = {
  batchId,
  batchNo: 7,
  customerId: batchId,
  operation: "deleteUsers",
  state: "running",
  code: null,
  rows: none,
};

function mailOf(type: WebhookMessage["type"], news: Partial<News>, publicUrl: string | null = null) {
  return mailText({ type, timestamp: "2026-01-01T00:00:00Z", data: { ...usual, ...news } }, publicUrl);
}

const mails: [WebhookMessage["type"], Partial<News>, string, string][] = [
  ["batch.ready", { rows: { ...none, pending: 3 } }, "waits to be applied", "3 pending"],
  ["batch.awaiting_approval", { rows: { ...none, pending: 60 } }, "needs the yes of a second agent", "60 pending"],
  [
    "batch.paused",
    { rows: { ...none, pending: 1, failed: 200 }, code: "upn_taken" },
    "is paused",
    "1 pending, 200 failed\nCause: upn_taken",
  ],
  ["batch.finished", { rows: { ...none, succeeded: 2 } }, "has ended, and all its rows were done", "2 succeeded"],
  [
    "batch.failed_in_part",
    { rows: { ...none, succeeded: 2, failed: 1 } },
    "has ended, and 1 row failed or ended in part",
    "2 succeeded, 1 failed",
  ],
  [
    "batch.failed_in_part",
    {
      rows: { ...none, partial: 1, failed: 2 },
      failedRows: [
        { rowNo: 4, userPrincipalName: "ana@contoso.example", state: "failed", code: "upn_taken" },
        { rowNo: 5, userPrincipalName: null, state: "failed", code: "required_missing" },
      ],
    },
    "has ended, and 3 rows failed or ended in part",
    "1 partial, 2 failed\nRow 4, ana@contoso.example: upn_taken\nRow 5, without a username: required_missing",
  ],
];

test.each(mails)("the mail of %s says what happened, and what came of the rows", (type, news, happened, lines) => {
  expect(mailOf(type, news)).toEqual({ subject: `Muster: batch 7 ${happened}`, text: `Delete users\n${lines}\n` });
});

test("a mail leads to its batch where the address of the pages is known, and a test names no batch", () => {
  const link = `https://m.example/batches/${batchId}`;
  expect(mailOf("batch.ready", {}, "https://m.example").text).toBe(`Delete users\n\n\n${link}\n`);
  const message: WebhookMessage = { type: "webhook.test", timestamp: "2026-01-01T00:00:00Z", data: null };
  expect(mailText(message, "https://m.example").text).toBe("Muster can send mails to this address.\n");
});
