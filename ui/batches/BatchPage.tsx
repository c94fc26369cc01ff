import { MessageBar, MessageBarBody, MessageBarTitle, Spinner } from "@fluentui/react-components";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { pageAddress, pages } from "../../contract/pages.ts";
import type { Batch } from "../../contract/batch.ts";
import { batchQuery, refreshBatch } from "./batch-queries.ts";
import { type CellEditing, useCellEdits } from "./use-cell-edits.ts";
import { formatTime } from "../kit/format.ts";
import { useTitle } from "../kit/use-title.ts";
import { BatchActs } from "./BatchActs.tsx";
import { canPlanAgain } from "./remedies.ts";
import { BatchPlan } from "./BatchPlan.tsx";
import { BatchProgress } from "./BatchProgress.tsx";
import { BatchSteps } from "./BatchSteps.tsx";
import { customerCrumbs } from "../customers/customer-crumbs.ts";
import { LeaveGuard } from "../kit/LeaveGuard.tsx";
import { PageHead } from "../kit/PageHead.tsx";
import { QueryGate } from "../kit/QueryGate.tsx";
import { batchTitle } from "./batch-title.ts";
import { BatchJobs } from "./BatchJobs.tsx";
import { BatchRuns } from "./BatchRuns.tsx";
import { BrakeNotice } from "./BrakeNotice.tsx";
import { Cancelled } from "./Cancelled.tsx";
import { BatchStatus } from "./Status.tsx";
import { UndoNotices } from "./UndoNotices.tsx";
import { batchTexts } from "./batch-texts.ts";
import styles from "./BatchPage.module.css";
import { queryKeys } from "../client/query-keys.ts";

const words = batchTexts.batch;

/** One batch: its plan, its progress, why rows fail, and every row. */
export function BatchPage() {
  const { batchId } = useParams({ from: "/frame/batches/$batchId" });
  const batch = useQuery(batchQuery(batchId));
  useTitle(
    batch.data &&
      `${batchTitle({ ...batch.data, rows: batch.data.totals.rows })} · ${words.title(batch.data.no)} · ${batch.data.customerName}`,
  );
  return <QueryGate query={batch}>{(found) => <BatchView key={batchId} batch={found} />}</QueryGate>;
}

function BatchView({ batch }: { batch: Batch }) {
  const { id, no, customerId, customerName, bundleId, createdBy, createdAt, state, stopped, totals } = batch;
  useRefreshAtTheEnd(batch);
  const editing = useCellEdits(id);
  return (
    <>
      <PageHead
        crumbs={[
          ...customerCrumbs(customerId, customerName),
          { label: pages.batches.title, to: pageAddress("customerBatches", { customerId }) },
          ...(bundleId === null ? [] : [{ label: pages.bundle.title, to: pageAddress("bundle", { bundleId }) }]),
        ]}
        title={batchTitle({ ...batch, rows: totals.rows })}
        beside={<BatchStatus state={state} totals={totals} />}
        lead={`${words.title(no)} · ${formatTime(createdAt)} ${words.by(createdBy)}`}
      >
        <BatchActs batch={batch} saving={isSaving(editing)} />
      </PageHead>
      <LeaveGuard draft={{ isDirty: editing.edits.isDirty, clear: editing.edits.giveUp }} />
      <div className={styles.page}>
        {stopped !== null && (
          <MessageBar intent="error" layout="multiline">
            <MessageBarBody>
              <MessageBarTitle>{batchTexts.batches.states[state]}</MessageBarTitle> {stopped.message}
            </MessageBarBody>
          </MessageBar>
        )}
        <UndoNotices batch={batch} />
        <BrakeNotice batch={batch} />
        {state === "cancelled" && totals.cancelled > 0 && <Cancelled batch={batch} />}
        {batch.sameFileAs !== null && state === "ready" && <SameFile earlier={batch.sameFileAs} />}
        {state === "staging" ? (
          <Spinner label={words.preparing} labelPosition="below" style={{ padding: 48 }} />
        ) : (
          batch.totals.rows > 0 && (
            <>
              <BatchProgress batch={batch} />
              {batch.startedAt !== null && <BatchRuns batch={batch} />}
              {canPlanAgain(batch) ? (
                <BatchSteps batch={batch} editing={editing} />
              ) : (
                <BatchPlan batch={batch} editing={editing} />
              )}
              {batch.startedAt !== null && <BatchJobs batch={batch} />}
            </>
          )
        )}
      </div>
    </>
  );
}

function isSaving({ state }: CellEditing): boolean {
  return [...state.cells.values()].some(({ problem }) => problem === null);
}

function SameFile({ earlier }: { earlier: NonNullable<Batch["sameFileAs"]> }) {
  const { batchId, no, by, at, state } = earlier;
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        {words.sameFile(no, by, formatTime(at), batchTexts.batches.states[state].toLowerCase())}{" "}
        <Link to={pages.batch.path} params={{ batchId }} className="in-text">
          {words.sameFileOpen}
        </Link>
      </MessageBarBody>
    </MessageBar>
  );
}

/** Rows are not read at every hint; when the batch comes to another state they all are. */
function useRefreshAtTheEnd({ id, state }: Batch): void {
  const client = useQueryClient();
  const last = useRef(state);
  useEffect(() => {
    if (last.current === state) return;
    last.current = state;
    void client.invalidateQueries({ queryKey: queryKeys.rows(id) });
    void refreshBatch(client, id);
  }, [client, id, state]);
}
