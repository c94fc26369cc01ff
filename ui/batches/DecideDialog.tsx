import { useQueryClient } from "@tanstack/react-query";
import type { Batch } from "../../contract/batch.ts";
import type { Approval } from "../../contract/brakes.ts";
import { callRoute } from "../client/call-route.ts";
import { queryKeys } from "../client/query-keys.ts";
import { AnswerDialog } from "./AnswerDialog.tsx";
import { refreshBatch } from "./batch-queries.ts";
import { brakeTexts } from "./brake-texts.ts";

const { decide: words, waiting } = brakeTexts;

/** Approves or refuses the plan that the agent saw, with a word for whoever asked; the one who asked takes it back so. */
export function DecideDialog({
  batch,
  approval,
  decision,
  own,
  onClose,
}: {
  batch: Batch;
  approval: Approval;
  decision: "approve" | "refuse";
  own: boolean;
  onClose: () => void;
}) {
  const { id: batchId, no, planVersion } = batch;
  const client = useQueryClient();
  const approves = decision === "approve";
  const { askedBy, retriedRows, why } = approval;
  const title = approves ? words.approveTitle : own ? words.takeBackTitle : words.refuseTitle;
  const ofPlan = approves ? words.approveLead(askedBy) : words.refuseLead;
  const ofRetry = (rows: number) => (approves ? words.retryLead(askedBy, rows) : words.refuseRetryLead);
  return (
    <AnswerDialog
      draftOf={`${decision} ${batchId}`}
      title={title(no, retriedRows !== null)}
      submit={approves ? waiting.approve : own ? waiting.takeBack : waiting.refuse}
      own={own}
      onClose={onClose}
      answer={async (word) => {
        const body = { planVersion, ...word };
        const now = await callRoute(approves ? "approveBatch" : "refuseBatch", { params: { batchId }, body });
        client.setQueryData(queryKeys.batch(batchId), now);
        await refreshBatch(client, batchId);
      }}
    >
      <p>
        {why} {retriedRows === null ? ofPlan : ofRetry(retriedRows)}
      </p>
    </AnswerDialog>
  );
}
