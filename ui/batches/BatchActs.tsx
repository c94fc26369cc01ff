import { ArrowClockwiseRegular } from "@fluentui/react-icons/svg/arrow-clockwise";
import { CalendarClockRegular } from "@fluentui/react-icons/svg/calendar-clock";
import { PauseRegular } from "@fluentui/react-icons/svg/pause";
import { PlayFilled } from "@fluentui/react-icons/svg/play";
import { useQueryClient } from "@tanstack/react-query";
import { lazy, type ReactElement, Suspense, useState } from "react";
import type { Batch } from "../../contract/batch.ts";
import { callRoute } from "../client/call-route.ts";
import { queryKeys } from "../client/query-keys.ts";
import { problemOf } from "../client/request-failed.ts";
import { useAct } from "../client/use-act.ts";
import { AskDialog } from "../kit/AskDialog.tsx";
import { CommandButton } from "../kit/CommandButton.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { useAuthority } from "../kit/use-authority.ts";
import { refreshBatch } from "./batch-queries.ts";
import { batchTexts } from "./batch-texts.ts";
import { batchWorkTexts } from "./batch-work-texts.ts";
import styles from "./BatchActs.module.css";
import { brakeTexts } from "./brake-texts.ts";
import { BatchDownloads } from "./BatchDownloads.tsx";
import { StartButton } from "./StartButton.tsx";
import { UndoButton } from "./UndoButton.tsx";
import { startSeenPlan } from "./start-seen-plan.ts";

const words = batchTexts.batch;

const RetryDialog = lazy(async () => ({ default: (await import("./RetryDialog.tsx")).RetryDialog }));
const ConfirmStartDialog = lazy(async () => ({
  default: (await import("./ConfirmStartDialog.tsx")).ConfirmStartDialog,
}));
const StartTimeDialog = lazy(async () => ({ default: (await import("./StartTimeDialog.tsx")).StartTimeDialog }));

/** What can be done to a batch in the state that it is in, and the files that it gives; `saving` while changed cells are on their way. */
export function BatchActs({ batch, saving }: { batch: Batch; saving: boolean }) {
  const { id: batchId, state, totals, brake } = batch;
  const params = { batchId };
  const client = useQueryClient();
  const { reason } = useAuthority(batch.customerId);
  const missing = reason(batch.operation);
  const blocked = missing ?? (totals.pending === 0 ? batchWorkTexts.schedule.noRow : null);
  const [asking, setAsking] = useState<"cancel" | "retry" | "start" | "confirm" | null>(null);
  const close = () => setAsking(null);
  const act = useAct({
    mutationFn: async (run: () => Promise<Batch>) => await run(),
    onSuccess: (now) => client.setQueryData(queryKeys.batch(batchId), now),
    onSettled: () => void refreshBatch(client, batchId),
  });
  const use = (run: () => Promise<Batch>) => () => act.mutate(run);
  const button = (label: string, onUse: () => void, icon?: ReactElement, primary = false) => (
    <CommandButton
      appearance={primary ? "primary" : "secondary"}
      command={{ key: label, label, reason: missing, onUse, ...(icon && { icon }) }}
    />
  );
  // A retry that awaits approval is taken back instead.
  const planned = state === "ready" || (state === "awaiting_approval" && batch.approval?.retriedRows == null);
  const open = state === "running" || state === "paused" || state === "scheduled" || planned;
  const ended = state === "finished" || state === "cancelled";
  return (
    <>
      {act.isError && (
        <div className={styles.problem}>
          <ProblemNotice
            error={act.error}
            {...(problemOf(act.error).code === "plan_changed" && { title: words.planChanged })}
          />
        </div>
      )}
      {open && (
        <CommandButton
          command={{
            key: "cancel",
            label: planned || state === "scheduled" ? words.cancelPlan : words.cancel,
            reason: missing,
            onUse: () => setAsking("cancel"),
          }}
        />
      )}
      <BatchDownloads batch={batch} />
      {state === "ready" && (
        <StartButton
          label={
            saving
              ? batchTexts.cells.saving
              : totals.pending === 0
                ? words.startNone
                : brake.needs === "approval"
                  ? brakeTexts.ask
                  : words.start(totals.pending, totals.rows)
          }
          reason={saving ? batchTexts.cells.saving : blocked}
          onNow={brake.needs === "confirmation" ? () => setAsking("confirm") : use(() => startSeenPlan(batch))}
          onLater={() => setAsking("start")}
        />
      )}
      {state === "scheduled" && (
        <>
          {button(batchWorkTexts.schedule.change, () => setAsking("start"), <CalendarClockRegular />)}
          {button(
            // Another start than the one that was approved has to be asked for.
            batch.approval?.decision?.approved === true ? brakeTexts.askNow : batchWorkTexts.schedule.now,
            use(() => startSeenPlan(batch)),
            <PlayFilled />,
            true,
          )}
        </>
      )}
      {state === "running" &&
        button(
          words.pause,
          use(() => callRoute("pauseBatch", { params })),
          <PauseRegular />,
        )}
      {state === "paused" &&
        button(
          words.resume,
          use(() => callRoute("resumeBatch", { params })),
          <PlayFilled />,
          true,
        )}
      {ended && totals.rows > 0 && <UndoButton batch={batch} />}
      {ended &&
        totals.failed + totals.partial > 0 &&
        button(words.retryAll, () => setAsking("retry"), <ArrowClockwiseRegular />, true)}
      <Suspense>
        {asking === "retry" && (
          <RetryDialog
            title={batchWorkTexts.retry.title}
            what={[batchId, totals]}
            targets={async () => await Promise.resolve([{ batchId, selection: {} }])}
            onClose={close}
          />
        )}
        {asking === "confirm" && <ConfirmStartDialog batch={batch} onClose={close} />}
        {asking === "start" && <StartTimeDialog batch={batch} onClose={close} />}
      </Suspense>
      {asking === "cancel" && (
        <AskDialog
          title={words.cancelTitle(batch.no)}
          submit={planned || state === "scheduled" ? words.cancelPlan : words.cancelConfirm}
          keep={words.cancelKeep}
          onClose={close}
          act={async () => {
            client.setQueryData(queryKeys.batch(batchId), await callRoute("cancelBatch", { params }));
            await refreshBatch(client, batchId);
          }}
        >
          <p>{words.cancelLead(totals.pending)}</p>
        </AskDialog>
      )}
    </>
  );
}
