import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Batch } from "../../contract/batch.ts";
import type { Overview } from "../../contract/overview.ts";
import { pages } from "../../contract/pages.ts";
import { refreshBatch } from "../batches/batch-queries.ts";
import { batchTitle } from "../batches/batch-title.ts";
import { startSeenPlan } from "../batches/start-seen-plan.ts";
import { BatchStatus } from "../batches/Status.tsx";
import { callRoute } from "../client/call-route.ts";
import { queryKeys } from "../client/query-keys.ts";
import { useAct } from "../client/use-act.ts";
import { CommandButton } from "../kit/CommandButton.tsx";
import { type Column, DataTable } from "../kit/DataTable.tsx";
import { EmptyState } from "../kit/EmptyState.tsx";
import { formatTime } from "../kit/format.ts";
import { LinkButton } from "../kit/LinkButton.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { Section, Sheet } from "../kit/Section.tsx";
import { useAuthority } from "../kit/use-authority.ts";
import { homeTexts } from "./home-texts.ts";
import styles from "./WaitingBatches.module.css";

const words = homeTexts.waiting;

type Waiting = Overview["waiting"][number];

/** Plans not started, paused batches and scheduled ones, each with what can be done about it. */
export function WaitingBatches({ waiting }: { waiting: Waiting[] | undefined }) {
  return (
    <Section title={words.title} lead={words.lead}>
      <Sheet>
        {waiting?.length === 0 ? (
          <EmptyState heading="h3" title={words.none} lead={words.lead} />
        ) : (
          <DataTable label={words.title} columns={columns} items={waiting} itemKey={({ batchId }) => batchId} />
        )}
      </Sheet>
    </Section>
  );
}

const columns: Column<Waiting>[] = [
  {
    key: "what",
    header: words.what,
    narrow: "lead",
    cell: (batch) => (
      <div className={styles.what}>
        <Link to={pages.batch.path} params={{ batchId: batch.batchId }} className={styles.title}>
          {batchTitle(batch)}
        </Link>
        <span className={styles.quiet}>
          {batch.customer.name} · {formatTime(batch.createdAt)} {words.by(batch.createdBy)}
        </span>
      </div>
    ),
  },
  {
    key: "state",
    header: words.state,
    narrow: "line",
    width: "200px",
    cell: ({ state, startAt, stopped }) => (
      <div className={styles.what}>
        <BatchStatus state={state} />
        {startAt !== null && <span className={styles.quiet}>{words.starts(formatTime(startAt))}</span>}
        {stopped !== null && <span className={styles.quiet}>{words.stoppedBecause(stopped)}</span>}
      </div>
    ),
  },
  {
    key: "act",
    header: <span className="visually-hidden">{words.look}</span>,
    narrow: "line",
    width: "150px",
    cell: (batch) => <Act batch={batch} />,
  },
];

function Act({ batch }: { batch: Waiting }) {
  const { batchId, state, operation, customer } = batch;
  const client = useQueryClient();
  const { reason } = useAuthority(customer.id);
  const act = useAct({
    mutationFn: (run: () => Promise<Batch>) => run(),
    onSettled: async () => {
      await Promise.all([refreshBatch(client, batchId), client.invalidateQueries({ queryKey: queryKeys.overview() })]);
    },
  });
  if (state === "ready" || state === "awaiting_approval") {
    return (
      <LinkButton to={pages.batch.path} params={{ batchId }}>
        {words.look}
      </LinkButton>
    );
  }
  const paused = state === "paused";
  const run = async () =>
    paused
      ? await callRoute("resumeBatch", { params: { batchId } })
      : await startSeenPlan(await callRoute("getBatch", { params: { batchId } }));
  return (
    <>
      <CommandButton
        appearance="secondary"
        command={{
          key: batchId,
          label: paused ? words.resume : words.startNow,
          reason: reason(operation),
          onUse: () => !act.isPending && act.mutate(run),
        }}
      />
      {act.isError && <ProblemNotice error={act.error} />}
    </>
  );
}
