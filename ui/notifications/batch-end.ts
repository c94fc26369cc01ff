import type { Batch } from "../../contract/batch.ts";
import { batchTitle } from "../batches/batch-title.ts";
import { notificationTexts } from "./notification-texts.ts";

const words = notificationTexts.batchEnd;
const outcomes = ["succeeded", "unchanged", "partial", "failed", "cancelled", "pending"] as const;

/** What is told of a batch that ended: its operation or file, and numbers; never a name or an address of a user. */
export type BatchEnd = { title: string; text: string; tone: "good" | "bad" };

/** What there is to tell of a batch that ran or was to run: how it ended, or that it stopped by itself; null where it did neither. */
export function batchEnd({ operation, fileName, state, stopped, totals }: EndedBatch): BatchEnd | null {
  const title = batchTitle({ operation, fileName, person: null, rows: totals.rows });
  const counts = outcomes.flatMap((one) => (totals[one] > 0 ? [words.counts[one](totals[one])] : [])).join(", ");
  const went = totals.failed + totals.partial === 0;
  switch (state) {
    case "finished":
      return { title, text: words.finished(counts), tone: went ? "good" : "bad" };
    case "cancelled":
      return { title, text: words.cancelled(counts), tone: "bad" };
    case "rejected":
      return { title, text: words.rejected, tone: "bad" };
    case "paused":
      // Somebody who pauses it knows.
      return stopped === null ? null : { title, text: words.stopped(counts), tone: "bad" };
    case "staging":
    case "ready":
    case "awaiting_approval":
    case "scheduled":
    case "running":
      break;
  }
  return null;
}

type EndedBatch = Pick<Batch, "operation" | "fileName" | "state" | "stopped" | "totals">;
