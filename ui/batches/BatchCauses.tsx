import { Button } from "@fluentui/react-components";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { pages } from "../../contract/pages.ts";
import type { Batch, CauseCount, RowState } from "../../contract/batch.ts";
import { mayRetry } from "../../contract/codes.ts";
import { causesQuery } from "./batch-queries.ts";
import { formatCount } from "../kit/format.ts";
import { besideNumber } from "./batch-cells.ts";
import { hasOutcomes } from "./batch-outcome.ts";
import { batchTexts } from "./batch-texts.ts";
import styles from "./BatchCauses.module.css";
import { type Column, DataTable } from "../kit/DataTable.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { Section, Sheet } from "../kit/Section.tsx";
import { batchPlanTexts } from "./batch-plan-texts.ts";
import { canPlanAgain } from "./remedies.ts";
import { Remedies } from "./Remedies.tsx";
import { RowStatus } from "./Status.tsx";
import { batchWorkTexts } from "./batch-work-texts.ts";
import { CommandButton } from "../kit/CommandButton.tsx";
import { useAuthority } from "../kit/use-authority.ts";

const words = batchTexts.batch;
const RetryDialog = lazy(async () => ({ default: (await import("./RetryDialog.tsx")).RetryDialog }));
const mostCauses = 5;
const retried: ReadonlySet<RowState> = new Set(["failed", "partial", "cancelled"]);

/** Why rows fail, the commonest cause first, each with its rows and a way to try them again. */
export function BatchCauses({ batch }: { batch: Batch }) {
  const { id: batchId, state } = batch;
  const [all, setAll] = useState(false);
  const causes = useQuery(causesQuery(batchId));
  const [retrying, setRetrying] = useState<CauseCount | null>(null);
  const { reason } = useAuthority(batch.customerId);
  if (causes.isError && causes.data === undefined)
    return <ProblemNotice error={causes.error} onRetry={() => void causes.refetch()} />;
  if (causes.data === undefined || causes.data.length === 0) return null;
  const canRetry = state === "finished" || state === "running" || state === "paused" || state === "cancelled";
  const columns: Column<CauseCount>[] = [
    {
      key: "rows",
      header: words.causeRows,
      numeric: true,
      width: "64px",
      narrow: "end",
      cell: ({ rows }) => <strong>{formatCount(rows)}</strong>,
    },
    {
      key: "cause",
      header: words.cause,
      width: "100%",
      narrow: "lead",
      cell: ({ title, example, code }) => (
        <div className={styles.cause} data-code={code}>
          <span className={styles.title}>{title}</span>
          <span className={styles.example} title={example.message ?? undefined}>
            {besideNumber(example.message)}
          </span>
        </div>
      ),
    },
    {
      key: "state",
      header: words.outcome,
      width: "112px",
      cell: (cause) =>
        !hasOutcomes(batch) ? (
          batchPlanTexts[cause.state === "pending" ? "willBePartial" : "willFail"]
        ) : (
          <RowStatus state={cause.state} />
        ),
    },
    {
      key: "acts",
      header: <span className="visually-hidden">{words.retryThese}</span>,
      width: "300px",
      cell: (cause) => (
        <div className={styles.acts}>
          <Link
            to={pages.batch.path}
            params={{ batchId }}
            search={{
              step: canPlanAgain(batch) ? "plan" : undefined,
              code: cause.code,
              state: hasOutcomes(batch) ? cause.state : undefined,
            }}
            resetScroll={false}
            hash="rows"
          >
            {words.showRows}
          </Link>
          <Remedies batch={batch} cause={cause} />
          {canRetry && retried.has(cause.state) && mayRetry(cause.code) && (
            <CommandButton
              appearance="secondary"
              command={{
                key: cause.code,
                label: words.retryThese,
                reason: reason(batch.operation),
                onUse: () => setRetrying(cause),
              }}
            />
          )}
        </div>
      ),
    },
  ];
  return (
    <Section title={words.causesHeading} lead={words.causesLead}>
      <Sheet>
        <DataTable
          label={words.causesHeading}
          columns={columns}
          items={all ? causes.data : causes.data.slice(0, mostCauses)}
          itemKey={(cause) => `${cause.code} ${cause.state}`}
        />
      </Sheet>
      {causes.data.length > mostCauses && (
        <Button className={styles.more} size="small" onClick={() => setAll(!all)} aria-expanded={all}>
          {all ? words.fewerCauses : words.allCauses(causes.data.length)}
        </Button>
      )}
      {retrying !== null && (
        <Suspense>
          <RetryDialog
            title={batchWorkTexts.retry.titleOf(retrying.title)}
            what={[batchId, retrying]}
            targets={async () => await Promise.resolve([{ batchId, selection: { codes: [retrying.code] } }])}
            onClose={() => setRetrying(null)}
          />
        </Suspense>
      )}
    </Section>
  );
}
