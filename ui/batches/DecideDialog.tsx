import { Field, Textarea } from "@fluentui/react-components";
import { useQueryClient } from "@tanstack/react-query";
import type { Batch } from "../../contract/batch.ts";
import type { Approval } from "../../contract/brakes.ts";
import { callRoute } from "../client/call-route.ts";
import { queryKeys } from "../client/query-keys.ts";
import { DraftDialog } from "../kit/DraftDialog.tsx";
import { useDraft } from "../kit/use-draft.ts";
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
  const draft = useDraft(`${decision} ${batchId}`, { note: "" });
  const approves = decision === "approve";
  const { askedBy, retriedRows, why } = approval;
  const title = approves ? words.approveTitle : own ? words.takeBackTitle : words.refuseTitle;
  const ofPlan = approves ? words.approveLead(askedBy) : words.refuseLead;
  const ofRetry = (rows: number) => (approves ? words.retryLead(askedBy, rows) : words.refuseRetryLead);
  return (
    <DraftDialog
      draft={draft}
      title={title(no, retriedRows !== null)}
      submit={approves ? waiting.approve : own ? waiting.takeBack : waiting.refuse}
      onClose={onClose}
      act={async () => {
        const note = draft.value.note.trim();
        const body = { planVersion, ...(note !== "" && { note }) };
        const now = await callRoute(approves ? "approveBatch" : "refuseBatch", { params: { batchId }, body });
        client.setQueryData(queryKeys.batch(batchId), now);
        await refreshBatch(client, batchId);
      }}
    >
      <p>
        {why} {retriedRows === null ? ofPlan : ofRetry(retriedRows)}
      </p>
      {!own && (
        <Field label={words.note} hint={words.noteHint}>
          <Textarea
            value={draft.value.note}
            maxLength={500}
            onChange={(_event, { value }) => draft.set({ note: value })}
          />
        </Field>
      )}
    </DraftDialog>
  );
}
