import { Link } from "@tanstack/react-router";
import type { Batch } from "../../contract/batch.ts";
import { pages } from "../../contract/pages.ts";
import { type Column, DataTable } from "../kit/DataTable.tsx";
import { formatCount, formatTime } from "../kit/format.ts";
import { batchTexts } from "./batch-texts.ts";
import styles from "./BatchTable.module.css";
import { BatchStatus } from "./Status.tsx";

const words = batchTexts.batches;

/** A table of batches with their progress; that of one customer does not name it in each row. */
export function BatchTable({
  label,
  items,
  ofOneCustomer = false,
}: {
  label: string;
  items: Batch[] | undefined;
  ofOneCustomer?: boolean;
}) {
  return (
    <DataTable
      label={label}
      columns={ofOneCustomer ? columns.filter(({ key }) => key !== "customer") : columns}
      items={items}
      itemKey={({ id }) => id}
    />
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
