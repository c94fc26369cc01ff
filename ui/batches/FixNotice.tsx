import { MessageBar, MessageBarActions, MessageBarBody } from "@fluentui/react-components";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Batch } from "../../contract/batch.ts";
import type { Fix } from "../../contract/fix.ts";
import { callRoute } from "../client/call-route.ts";
import { useAct } from "../client/use-act.ts";
import { CommandButton } from "../kit/CommandButton.tsx";
import { formatTime } from "../kit/format.ts";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { texts } from "../kit/texts.ts";
import { say } from "../kit/toasts.ts";
import { useAuthority } from "../kit/use-authority.ts";
import { batchPlanTexts } from "./batch-plan-texts.ts";
import { fixesQuery, rereadBatch } from "./batch-queries.ts";
import { lastUndoable } from "./last-undoable.ts";

const words = batchPlanTexts.fix;

/** What the last fix of a batch changed, who did it, and a way to undo it. */
export function FixNotice({ batch }: { batch: Batch }) {
  const { id: batchId } = batch;
  const client = useQueryClient();
  const { reason } = useAuthority(batch.customerId);
  const fixes = useQuery(fixesQuery(batch));
  const undo = useAct({
    mutationFn: async ({ id: fixId }: Fix) => await callRoute("undoFix", { params: { batchId, fixId } }),
    onSuccess: ({ kept }) => {
      if (kept !== null && kept > 0) say({ tone: "good", text: words.kept(kept) });
    },
    onSettled: () => rereadBatch(client, batchId),
  });
  const last = lastUndoable(fixes.data ?? [], batch);
  if (last === undefined) return null;
  return (
    <>
      {undo.isError && <ProblemNotice error={undo.error} />}
      <MessageBar intent="success" layout="multiline">
        <MessageBarBody>
          {words.done(last.rows, last.column)} {words.who(last.by, formatTime(last.at))}
        </MessageBarBody>
        <MessageBarActions>
          <CommandButton
            appearance="secondary"
            command={{
              key: "undo",
              label: texts.common.undo,
              reason: reason(batch.operation),
              onUse: () => undo.mutate(last),
            }}
          />
        </MessageBarActions>
      </MessageBar>
    </>
  );
}
