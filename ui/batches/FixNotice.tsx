import { Button, MessageBar, MessageBarActions, MessageBarBody } from "@fluentui/react-components";
import { useMutation } from "@tanstack/react-query";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { texts } from "../kit/texts.ts";
import { batchPlanTexts } from "./batch-plan-texts.ts";
import { forgetFix, useLastFix } from "./done-fixes.ts";
import type { DoneFix } from "./fix-all.ts";
import { useCellWriter } from "./use-cell-writer.ts";

const words = batchPlanTexts.fix;

/** What the last fix of a batch changed, and a way to undo it. */
export function FixNotice({ batchId }: { batchId: string }) {
  const last = useLastFix(batchId);
  const write = useCellWriter(batchId);
  const undo = useMutation({
    mutationFn: async (fix: DoneFix) => {
      const { written, problem } = await write(fix, "before");
      forgetFix(batchId, { ...fix, cells: fix.cells.slice(written.length) });
      if (problem !== null) throw problem;
    },
  });
  if (last === undefined) return null;
  return (
    <>
      {undo.isError && <ProblemNotice error={undo.error} />}
      <MessageBar intent="success" layout="multiline">
        <MessageBarBody>{words.done(last.cells.length, last.label)}</MessageBarBody>
        <MessageBarActions>
          <Button disabledFocusable={undo.isPending} onClick={() => undo.mutate(last)}>
            {texts.common.undo}
          </Button>
        </MessageBarActions>
      </MessageBar>
    </>
  );
}
