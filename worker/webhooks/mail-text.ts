import { batchStates, rowStates } from "../../contract/batch.ts";
import { operations } from "../../contract/operations.ts";
import { pageAddress } from "../../contract/pages.ts";
import type { BatchNews, BundleNews, NamedRow, SentEvent, WebhookMessage } from "../../contract/webhooks.ts";

type MailText = { subject: string; text: string };

/** The subject of a mail and its text, which name a batch or a file and count rows, and nobody where the message does not. */
export function mailText({ type, data }: WebhookMessage, publicUrl: string | null): MailText {
  if (data === null) return { subject: "Muster: a test", text: "Muster can send mails to this address.\n" };
  return "bundleId" in data ? ofBundle(type, data, publicUrl) : ofBatch(type, data, publicUrl);
}

function ofBatch(type: SentEvent, data: BatchNews, publicUrl: string | null): MailText {
  const { batchId, batchNo, operation, code, rows, failedRows = [] } = data;
  const lines = [
    operations[operation].label,
    counted(rows),
    ...causeLines(code),
    ...failedRows.map(failedLine),
    ...linkLines(pageAddress("batch", { batchId }), publicUrl),
  ];
  const happened = {
    ready: "waits to be applied",
    awaiting_approval: "needs the yes of a second agent",
    paused: "is paused",
    finished: "has ended, and all its rows were done",
    failed_in_part: endedWith(rows.failed + rows.partial + rows.cancelled),
    test: "is told of",
  }[whatOf(type)];
  return { subject: `Muster: batch ${batchNo} ${happened}`, text: `${lines.join("\n")}\n` };
}

function ofBundle(type: SentEvent, data: BundleNews, publicUrl: string | null): MailText {
  const { bundleId, bundleNo, operation, code, batches, rows, refused, needAttention, attention } = data;
  const states = batchStates.filter((state) => (batches[state] ?? 0) > 0);
  const more = needAttention - attention.length;
  const lines = [
    operations[operation].label,
    `Batches: ${states.map((state) => `${batches[state] ?? 0} ${state.replaceAll("_", " ")}`).join(", ")}`,
    `Rows: ${counted({ ...rows, refused })}`,
    ...causeLines(code),
    ...attention.map((batch) => `Batch ${batch.batchNo}: ${counted(batch.rows)}`),
    ...(more > 0 ? [`and ${more} more`] : []),
    ...(data.failedRows ?? []).map(failedLine),
    ...linkLines(pageAddress("bundle", { bundleId }), publicUrl),
  ];
  const some = needAttention === 1 ? "one batch" : `${needAttention} batches`;
  const happened = {
    ready: `is planned, and ${some} of it ${needAttention === 1 ? "waits" : "wait"} to be applied`,
    awaiting_approval: `has ${some} that ${needAttention === 1 ? "needs" : "need"} the yes of a second agent`,
    paused: `has ${some} paused`,
    finished: "has ended, and all its rows were done",
    failed_in_part: endedWith(rows.failed + rows.partial + rows.cancelled + refused),
    test: "is told of",
  }[whatOf(type)];
  return { subject: `Muster: file ${bundleNo} ${happened}`, text: `${lines.join("\n")}\n` };
}

function endedWith(undone: number): string {
  return `has ended, and ${undone} ${undone === 1 ? "row was" : "rows were"} not done, or only in part`;
}

type What = SentEvent extends infer Event ? (Event extends `${string}.${infer Last}` ? Last : never) : never;

function whatOf(type: SentEvent): What {
  return type.slice(type.indexOf(".") + 1) as What;
}

function counted(rows: Partial<Record<(typeof rowStates)[number] | "refused", number>>): string {
  const states = [...rowStates, "refused"] as const;
  return states.flatMap((state) => ((rows[state] ?? 0) > 0 ? [`${rows[state]} ${state}`] : [])).join(", ");
}

function causeLines(code: string | null): string[] {
  return code === null ? [] : [`Cause: ${code}`];
}

function failedLine({ rowNo, userPrincipalName, code }: NamedRow): string {
  return `Row ${rowNo}, ${userPrincipalName ?? "without a username"}: ${code}`;
}

function linkLines(page: string, publicUrl: string | null): string[] {
  return publicUrl === null ? [] : ["", new URL(page, publicUrl).href];
}
