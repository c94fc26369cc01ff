import { expect, test } from "vitest";
import type { BundleNews, WebhookMessage } from "../../contract/webhooks.ts";
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
    { rows: { ...none, succeeded: 1, cancelled: 2 } },
    "has ended, and 2 rows were not done, or only in part",
    "1 succeeded, 2 cancelled",
  ],
  [
    "batch.failed_in_part",
    { rows: { ...none, succeeded: 2, failed: 1 } },
    "has ended, and 1 row was not done, or only in part",
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
    "has ended, and 3 rows were not done, or only in part",
    "1 partial, 2 failed\nRow 4, ana@contoso.example: upn_taken\nRow 5, without a username: required_missing",
  ],
];

test.each(mails)("the mail of %s says what happened, and what came of the rows", (type, news, happened, lines) => {
  expect(mailOf(type, news)).toEqual({ subject: `Muster: batch 7 ${happened}`, text: `Delete users\n${lines}\n` });
});

const bundle: BundleNews = {
  bundleId: batchId,
  bundleNo: 3,
  operation: "deleteUsers",
  code: null,
  batches: {},
  rows: none,
  refused: 0,
  needAttention: 0,
  attention: [],
};
const parts = (rows: Partial<typeof none>, ...nos: number[]) =>
  nos.map((batchNo) => {
    const of = { batchId, batchNo, customerId: batchId, code: null };
    return { ...of, state: "finished" as const, rows: { ...none, ...rows } };
  });

const filesMails: [WebhookMessage["type"], Partial<BundleNews>, string, string][] = [
  [
    "bundle.ready",
    { batches: { ready: 1 }, rows: { ...none, pending: 3 }, needAttention: 1, attention: parts({ pending: 3 }, 7) },
    "is planned, and one batch of it waits to be applied",
    "Batches: 1 ready\nRows: 3 pending\nBatch 7: 3 pending",
  ],
  [
    "bundle.ready",
    { batches: { ready: 9 }, rows: { ...none, pending: 9 }, needAttention: 9, attention: parts({ pending: 1 }, 7, 8) },
    "is planned, and 9 batches of it wait to be applied",
    "Batches: 9 ready\nRows: 9 pending\nBatch 7: 1 pending\nBatch 8: 1 pending\nand 7 more",
  ],
  [
    "bundle.awaiting_approval",
    { batches: { awaiting_approval: 1, finished: 2 }, rows: { ...none, pending: 1, succeeded: 2 }, needAttention: 1 },
    "has one batch that needs the yes of a second agent",
    "Batches: 1 awaiting approval, 2 finished\nRows: 1 pending, 2 succeeded\nand 1 more",
  ],
  [
    "bundle.awaiting_approval",
    { batches: { awaiting_approval: 2 }, rows: { ...none, pending: 2 }, needAttention: 2 },
    "has 2 batches that need the yes of a second agent",
    "Batches: 2 awaiting approval\nRows: 2 pending\nand 2 more",
  ],
  [
    "bundle.paused",
    { code: "upn_taken", batches: { paused: 1 }, rows: { ...none, pending: 1 }, needAttention: 1 },
    "has one batch paused",
    "Batches: 1 paused\nRows: 1 pending\nCause: upn_taken\nand 1 more",
  ],
  [
    "bundle.paused",
    { batches: { paused: 2 }, rows: { ...none, pending: 2 }, needAttention: 2, attention: parts({ pending: 1 }, 7, 8) },
    "has 2 batches paused",
    "Batches: 2 paused\nRows: 2 pending\nBatch 7: 1 pending\nBatch 8: 1 pending",
  ],
  [
    "bundle.finished",
    { batches: { finished: 2 }, rows: { ...none, succeeded: 2 } },
    "has ended, and all its rows were done",
    "Batches: 2 finished\nRows: 2 succeeded",
  ],
  [
    "bundle.failed_in_part",
    { batches: { finished: 2 }, rows: { ...none, succeeded: 2 }, refused: 1 },
    "has ended, and 1 row was not done, or only in part",
    "Batches: 2 finished\nRows: 2 succeeded, 1 refused",
  ],
  [
    "bundle.failed_in_part",
    {
      batches: { finished: 1, cancelled: 1 },
      rows: { ...none, partial: 1, failed: 1, cancelled: 1 },
      refused: 1,
      needAttention: 1,
      attention: parts({ partial: 1, failed: 1, cancelled: 1 }, 7),
      failedRows: [{ rowNo: 4, userPrincipalName: "ana@contoso.example", state: "failed", code: "upn_taken" }],
    },
    "has ended, and 4 rows were not done, or only in part",
    "Batches: 1 finished, 1 cancelled\nRows: 1 partial, 1 failed, 1 cancelled, 1 refused\nBatch 7: 1 partial, 1 failed, 1 cancelled\nRow 4, ana@contoso.example: upn_taken",
  ],
];

test.each(filesMails)("the mail of %s says what happened in a file", (type, news, happened, lines) => {
  const message = { type, timestamp: "2026-01-01T00:00:00Z", data: { ...bundle, ...news } };
  const text = `Delete users\n${lines}\n`;
  expect(mailText(message, null)).toEqual({ subject: `Muster: file 3 ${happened}`, text });
});

test("a mail leads to its batch where the address of the pages is known, and a test names no batch", () => {
  const link = `https://m.example/batches/${batchId}`;
  expect(mailOf("batch.ready", {}, "https://m.example").text).toBe(`Delete users\n\n\n${link}\n`);
  const message: WebhookMessage = { type: "webhook.test", timestamp: "2026-01-01T00:00:00Z", data: null };
  expect(mailText(message, "https://m.example").text).toBe("Muster can send mails to this address.\n");
});
