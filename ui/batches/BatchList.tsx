import { Button, Select } from "@fluentui/react-components";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { pages } from "../../contract/pages.ts";
import { type Batch, type BatchState, batchStates } from "../../contract/batch.ts";
import { batchesQuery } from "./batch-queries.ts";
import { formatCount, formatTime } from "../kit/format.ts";
import { batchTexts } from "./batch-texts.ts";
import styles from "./BatchList.module.css";
import { type Column, DataTable } from "../kit/DataTable.tsx";
import { EmptyState } from "../kit/EmptyState.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { SearchBox } from "../kit/SearchBox.tsx";
import { Sheet } from "../kit/Section.tsx";
import { BatchStatus } from "./Status.tsx";
import { Toolbar } from "../kit/Toolbar.tsx";

const words = batchTexts.batches;

/** Batches with a search and a filter by state; of one customer or of all. */
export function BatchList({
  customerId,
  q,
  state,
  onFilter,
}: {
  customerId?: string;
  q: string;
  state: BatchState | undefined;
  onFilter: (filter: { q: string | undefined; state: BatchState | undefined }) => void;
}) {
  const list = useInfiniteQuery(batchesQuery({ customerId, q, state }));
  const items = list.data?.pages.flatMap((page) => page.items);
  const filtered = q !== "" || state !== undefined;
  return (
    <>
      <Toolbar>
        <SearchBox label={words.search} value={q} onChange={(next) => onFilter({ q: next || undefined, state })} />
        <Select
          aria-label={words.state}
          value={state ?? ""}
          onChange={(_event, { value }) =>
            onFilter({ q: q || undefined, state: batchStates.find((one) => one === value) })
          }
        >
          <option value="">{words.anyState}</option>
          {batchStates.map((one) => (
            <option key={one} value={one}>
              {words.states[one]}
            </option>
          ))}
        </Select>
      </Toolbar>
      {list.isError && <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
      {!(list.isError && items === undefined) && (
        <Sheet>
          {items?.length === 0 ? (
            <EmptyState
              title={filtered ? words.noMatch : words.empty}
              lead={filtered ? words.noMatchLead : words.emptyLead}
            />
          ) : (
            <DataTable
              label={pages.batches.title}
              columns={customerId === undefined ? columns : columns.filter(({ key }) => key !== "customer")}
              items={items}
              itemKey={({ id }) => id}
            />
          )}
        </Sheet>
      )}
      {list.hasNextPage && (
        <Button
          appearance="subtle"
          disabledFocusable={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {words.loadMore}
        </Button>
      )}
    </>
  );
}

const columns: Column<Batch>[] = [
  {
    key: "no",
    header: words.no,
    narrow: "lead",
    cell: ({ id, no, fileName, source }) => (
      <Link to={pages.batch.path} params={{ batchId: id }} className={styles.batch}>
        <span className={styles.no}>{no}</span>
        {fileName ?? words.sources[source]}
      </Link>
    ),
  },
  {
    key: "state",
    header: words.state,
    narrow: "end",
    width: "130px",
    cell: ({ state }) => <BatchStatus state={state} />,
  },
  {
    key: "customer",
    header: words.customer,
    cell: ({ customerId, customerName }) => (
      <Link to={pages.users.path} params={{ customerId }} className={styles.quiet}>
        {customerName}
      </Link>
    ),
  },
  {
    key: "progress",
    header: words.progress,
    narrow: "wideOnly",
    width: "110px",
    cell: (batch) => <Progress batch={batch} />,
  },
  {
    key: "rows",
    header: words.rows,
    numeric: true,
    narrow: "wideOnly",
    width: "80px",
    cell: ({ totals }) => formatCount(totals.rows),
  },
  {
    key: "partial",
    header: words.partial,
    numeric: true,
    width: "70px",
    cell: ({ totals: { partial } }) => <Some count={partial} word={words.partialWord} />,
  },
  {
    key: "failed",
    header: words.failed,
    numeric: true,
    width: "70px",
    cell: ({ totals: { failed } }) => <Some count={failed} word={words.failedWord} />,
  },
  { key: "by", header: words.by, narrow: "wideOnly", width: "11%", cell: ({ createdBy }) => createdBy },
  { key: "when", header: words.when, width: "165px", cell: ({ createdAt }) => formatTime(createdAt) },
];

/** A number where there is any; on narrow screens, where no head stands over it, with its word. */
function Some({ count, word }: { count: number; word: string }) {
  if (count === 0) return null;
  return (
    <>
      {formatCount(count)} <span className={styles.word}>{word}</span>
    </>
  );
}

function Progress({ batch: { totals, startedAt } }: { batch: Batch }) {
  if (startedAt === null || totals.rows === 0) return null;
  const share = (part: number) => `${(part / totals.rows) * 100}%`;
  return (
    <div className={styles.progress} aria-hidden>
      <span data-tone="good" style={{ width: share(totals.succeeded + totals.unchanged) }} />
      <span data-tone="bad" style={{ width: share(totals.failed + totals.partial) }} />
    </div>
  );
}
