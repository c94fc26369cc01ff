import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { mayRetry } from "../../contract/codes.ts";
import type { Overview } from "../../contract/overview.ts";
import { pages } from "../../contract/pages.ts";
import { readAllBatches } from "../batches/read-all-batches.ts";
import { CommandButton } from "../kit/CommandButton.tsx";
import { type Column, DataTable } from "../kit/DataTable.tsx";
import { EmptyState } from "../kit/EmptyState.tsx";
import { formatCount, formatTime } from "../kit/format.ts";
import { localDay } from "../kit/local-moment.ts";
import { Section, Sheet } from "../kit/Section.tsx";
import { overviewDays } from "./home-queries.ts";
import { homeTexts } from "./home-texts.ts";
import styles from "./Failures.module.css";

const words = homeTexts.failures;

const RetryDialog = lazy(async () => ({ default: (await import("../batches/RetryDialog.tsx")).RetryDialog }));

type Failure = Overview["failures"][number];

/** Why rows failed in the last days, over all batches and customers, each cause with its rows and a retry of all of them. */
export function Failures({ failures }: { failures: Failure[] | undefined }) {
  const [retrying, setRetrying] = useState<Failure | null>(null);
  return (
    <Section title={words.title} lead={words.lead(overviewDays)}>
      <div id="failures" className={styles.anchor} />
      <Sheet>
        {failures?.length === 0 ? (
          <EmptyState heading="h3" title={words.none} lead={words.lead(overviewDays)} />
        ) : (
          <DataTable
            label={words.title}
            columns={columnsOf(setRetrying)}
            items={failures}
            itemKey={({ code }) => code}
          />
        )}
      </Sheet>
      {retrying !== null && (
        <Suspense>
          <RetryDialog
            title={words.retryOf(retrying.title)}
            what={[retrying.code, retrying.rows, retrying.lastAt]}
            targets={async () => {
              const batches = await readAllBatches({ code: retrying.code, hasFailures: "true" });
              return batches.map(({ id }) => ({ batchId: id, selection: { codes: [retrying.code] } }));
            }}
            onClose={() => setRetrying(null)}
          />
        </Suspense>
      )}
    </Section>
  );
}

function columnsOf(onRetry: (failure: Failure) => void): Column<Failure>[] {
  return [
    {
      key: "rows",
      header: words.rows,
      numeric: true,
      width: "64px",
      narrow: "end",
      cell: ({ rows }) => <strong>{formatCount(rows)}</strong>,
    },
    {
      key: "cause",
      header: words.cause,
      narrow: "lead",
      cell: ({ title, code, batches, customers }) => (
        <div className={styles.cause} data-code={code}>
          <span className={styles.title}>{title}</span>
          <span className={styles.quiet}>{words.in(batches, customers)}</span>
        </div>
      ),
    },
    {
      key: "when",
      header: words.when,
      narrow: "line",
      width: "210px",
      cell: ({ firstAt, lastAt }) => (
        <div className={styles.when}>
          <span>{words.first(formatTime(firstAt))}</span>
          <span>{words.last(formatTime(lastAt))}</span>
        </div>
      ),
    },
    {
      key: "acts",
      header: <span className="visually-hidden">{words.retry}</span>,
      narrow: "line",
      width: "190px",
      cell: (failure) => (
        <div className={styles.acts}>
          <RowsLink failure={failure} />
          {mayRetry(failure.code) && (
            <CommandButton
              appearance="secondary"
              command={{ key: failure.code, label: words.retry, onUse: () => onRetry(failure) }}
            />
          )}
        </div>
      ),
    },
  ];
}

/** Leads to the rows where one batch has them all, else to the batches. */
function RowsLink({ failure: { code, batches, firstAt, latest } }: { failure: Failure }) {
  const [only] = latest;
  if (batches === 1 && only !== undefined) {
    return (
      <Link to={pages.batch.path} params={{ batchId: only.batchId }} search={{ code }} hash="rows">
        {words.showRows}
      </Link>
    );
  }
  return (
    <Link to={pages.batches.path} search={{ code, since: localDay(firstAt) }}>
      {words.showRows}
    </Link>
  );
}
