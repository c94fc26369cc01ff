import { ArrowUndoRegular } from "@fluentui/react-icons/svg/arrow-undo";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { Batch } from "../../contract/batch.ts";
import { pages } from "../../contract/pages.ts";
import { callRoute } from "../client/call-route.ts";
import { problemOf } from "../client/request-failed.ts";
import { useAct } from "../client/use-act.ts";
import { CommandButton } from "../kit/CommandButton.tsx";
import { say } from "../kit/toasts.ts";
import { useAuthority } from "../kit/use-authority.ts";
import { refreshBatch } from "./batch-queries.ts";
import { undoTexts as words } from "./undo-texts.ts";

/** Plans the undo of an ended batch and opens that plan; greyed with the reason where there is nothing to undo. */
export function UndoButton({ batch }: { batch: Batch }) {
  const { id: batchId } = batch;
  const navigate = useNavigate();
  const client = useQueryClient();
  const { reason } = useAuthority(batch.customerId);
  const undo = useAct({
    mutationFn: () => callRoute("undoBatch", { params: { batchId } }),
    onSuccess: ({ id }) => void navigate({ to: pages.batch.path, params: { batchId: id } }),
    onError: (error) => say({ tone: "bad", text: problemOf(error).detail }),
    onSettled: () => void refreshBatch(client, batchId),
  });
  return (
    <CommandButton
      appearance="secondary"
      command={{
        key: "undo",
        label: words.act,
        icon: <ArrowUndoRegular />,
        reason: reason("undoBatch") ?? whyNot(batch),
        onUse: () => undo.mutate(),
      }}
    />
  );
}

function whyNot({ operation, totals, undoneBy }: Batch): string | null {
  if (operation === "resetPasswords" || operation === "removeUsers") return words.impossible[operation];
  if (totals.succeeded + totals.partial === 0) return words.nothing;
  return undoneBy === null || undoneBy.state === "cancelled" || undoneBy.retriedSince ? null : words.has(undoneBy.no);
}
