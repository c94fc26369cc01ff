import { Field, Input } from "@fluentui/react-components";
import { useQueryClient } from "@tanstack/react-query";
import type { Batch } from "../../contract/batch.ts";
import { queryKeys } from "../client/query-keys.ts";
import { ConfirmDialog } from "../kit/ConfirmDialog.tsx";
import { localMoment } from "../kit/local-moment.ts";
import { useDraft } from "../kit/use-draft.ts";
import { refreshBatch } from "./batch-queries.ts";
import { batchWorkTexts } from "./batch-work-texts.ts";
import { startBatchAt } from "./start-seen-plan.ts";

const words = batchWorkTexts.schedule;
const hourMs = 3_600_000;

/** Asks when a batch is to start, or is to start instead. */
export function StartTimeDialog({ batch, onClose }: { batch: Batch; onClose: () => void }) {
  const client = useQueryClient();
  const draft = useDraft(`start ${batch.id}`, { at: localMoment(batch.startAt ?? nextHour()) });
  const { at } = draft.value;
  const ahead = new Date(at).getTime() > Date.now();
  return (
    <ConfirmDialog
      draft={draft}
      title={batch.state === "scheduled" ? words.changeTitle : words.title}
      submit={words.submit}
      confirmed={batch.brake.needs === "confirmation" ? { count: batch.brake.users, always: true } : { count: 0 }}
      missing={ahead ? null : words.past}
      onClose={onClose}
      act={async () => {
        const now = await startBatchAt(batch, new Date(at).toISOString());
        client.setQueryData(queryKeys.batch(batch.id), now);
        await refreshBatch(client, batch.id);
      }}
    >
      {batch.brake.why !== null && <p>{batch.brake.why}</p>}
      {batch.state === "scheduled" && batch.approval?.decision?.approved === true && <p>{words.anew}</p>}
      <Field label={words.at} hint={words.hint} required>
        <Input type="datetime-local" autoFocus value={at} onChange={(_event, { value }) => draft.set({ at: value })} />
      </Field>
    </ConfirmDialog>
  );
}

function nextHour(): string {
  return new Date(Math.ceil((Date.now() + 1) / hourMs) * hourMs).toISOString();
}
