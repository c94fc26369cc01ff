import { useQueryClient } from "@tanstack/react-query";
import type { Batch } from "../../contract/batch.ts";
import { queryKeys } from "../client/query-keys.ts";
import { ConfirmDialog } from "../kit/ConfirmDialog.tsx";
import { refreshBatch } from "./batch-queries.ts";
import { brakeTexts } from "./brake-texts.ts";
import { startSeenPlan } from "./start-seen-plan.ts";

const words = brakeTexts.confirm;

/** Has the number of users typed whom a plan hits, and starts it. */
export function ConfirmStartDialog({ batch, onClose }: { batch: Batch; onClose: () => void }) {
  const client = useQueryClient();
  const { id, no, brake } = batch;
  return (
    <ConfirmDialog
      title={words.title(no)}
      submit={words.submit}
      confirmed={{ count: brake.users, always: true }}
      act={async () => {
        client.setQueryData(queryKeys.batch(id), await startSeenPlan(batch));
        await refreshBatch(client, id);
      }}
      onClose={onClose}
    >
      <p>
        {brake.why} {words.lead}
      </p>
    </ConfirmDialog>
  );
}
