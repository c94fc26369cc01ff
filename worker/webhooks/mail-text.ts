import { rowStates } from "../../contract/batch.ts";
import { operations } from "../../contract/operations.ts";
import { pageAddress } from "../../contract/pages.ts";
import type { WebhookMessage } from "../../contract/webhooks.ts";

/** The subject of a mail and its text, which name a batch and count its rows, and nobody where the message does not. */
export function mailText({ type, data }: WebhookMessage, publicUrl: string | null): { subject: string; text: string } {
  if (data === null) return { subject: "Muster: a test", text: "Muster can send mails to this address.\n" };
  const { batchId, batchNo, operation, code, rows, failedRows = [] } = data;
  const counted = rowStates.filter((state) => rows[state] > 0).map((state) => `${rows[state]} ${state}`);
  const lines = [
    operations[operation].label,
    counted.join(", "),
    ...(code === null ? [] : [`Cause: ${code}`]),
    ...failedRows.map((row) => `Row ${row.rowNo}, ${row.userPrincipalName ?? "without a username"}: ${row.code}`),
    ...(publicUrl === null ? [] : ["", new URL(pageAddress("batch", { batchId }), publicUrl).href]),
  ];
  const failed = rows.failed + rows.partial;
  const happened = {
    "batch.ready": "waits to be applied",
    "batch.awaiting_approval": "needs the yes of a second agent",
    "batch.paused": "is paused",
    "batch.finished": "has ended, and all its rows were done",
    "batch.failed_in_part": `has ended, and ${failed} ${failed === 1 ? "row" : "rows"} failed or ended in part`,
    "webhook.test": "is told of",
  }[type];
  return { subject: `Muster: batch ${batchNo} ${happened}`, text: `${lines.join("\n")}\n` };
}
