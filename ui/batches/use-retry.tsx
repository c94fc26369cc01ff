import { useQueryClient } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useState } from "react";
import type { Batch, RetrySelection } from "../../contract/batch.ts";
import { callRoute } from "../client/call-route.ts";
import { problemOf } from "../client/request-failed.ts";
import { useAct } from "../client/use-act.ts";
import { refreshBatch } from "./batch-queries.ts";
import { batchWorkTexts } from "./batch-work-texts.ts";

const RetryDialog = lazy(async () => ({ default: (await import("./RetryDialog.tsx")).RetryDialog }));

/**
 * Retries rows of a batch by one click; where the number of users whom they hit has to be named first, `dialog` asks for it.
 * `onRetried` is told how the batch stands then.
 */
export function useRetry(batchId: string, onRetried: (now: Batch) => void = () => {}) {
  const client = useQueryClient();
  const [asking, setAsking] = useState<RetrySelection | null>(null);
  const act = useAct({
    mutationFn: async (selection: RetrySelection) =>
      await callRoute("retryBatch", { params: { batchId }, body: selection }),
    onSuccess: onRetried,
    onError: (error, selection) => {
      if (needsNumber(error)) setAsking(selection);
    },
    onSettled: () => refreshBatch(client, batchId),
  });
  const dialog: ReactNode = asking !== null && (
    <Suspense>
      <RetryDialog
        title={batchWorkTexts.retry.title}
        what={[batchId, asking, act.submittedAt]}
        targets={async () => await Promise.resolve([{ batchId, selection: asking }])}
        onClose={() => setAsking(null)}
      />
    </Suspense>
  );
  return { run: act.mutate, busy: act.isPending, error: needsNumber(act.error) ? null : act.error, dialog };
}

function needsNumber(error: unknown): boolean {
  return error !== null && problemOf(error).code === "confirmation_needed";
}
