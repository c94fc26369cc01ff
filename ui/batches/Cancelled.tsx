import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from "@fluentui/react-components";
import { lazy, Suspense, useState } from "react";
import type { Batch } from "../../contract/batch.ts";
import { batchTexts } from "./batch-texts.ts";
import { batchWorkTexts } from "./batch-work-texts.ts";

const RetryDialog = lazy(async () => ({ default: (await import("./RetryDialog.tsx")).RetryDialog }));

/** Says what a cancelled batch has left undone, and carries it out after all where the agent wants that. */
export function Cancelled({ batch: { id: batchId, state, totals } }: { batch: Batch }) {
  const [asking, setAsking] = useState(false);
  return (
    <MessageBar intent="info" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{batchTexts.batches.states[state]}</MessageBarTitle>{" "}
        {batchWorkTexts.cancelled(totals.cancelled)}
      </MessageBarBody>
      <MessageBarActions>
        <Button size="small" onClick={() => setAsking(true)}>
          {batchWorkTexts.runCancelled}
        </Button>
      </MessageBarActions>
      {asking && (
        <Suspense>
          <RetryDialog
            title={batchWorkTexts.runCancelled}
            what={[batchId, totals]}
            targets={async () => await Promise.resolve([{ batchId, selection: { state: "cancelled" } }])}
            onClose={() => setAsking(false)}
          />
        </Suspense>
      )}
    </MessageBar>
  );
}
