import { Link } from "@tanstack/react-router";
import type { Batch } from "../../contract/batch.ts";
import { pages } from "../../contract/pages.ts";
import { type Column, DataTable } from "../kit/DataTable.tsx";
import { formatCount, formatTime } from "../kit/format.ts";
import { batchTexts } from "./batch-texts.ts";
import { batchTitle } from "./batch-title.ts";
import styles from "./BatchTable.module.css";
import { BatchStatus } from "./Status.tsx";

const words = batchTexts.batches;

/** A table of batches with their progress; that of one customer does not name it in each row, that of one file leads with it. */
export function BatchTable({
  label,
  items,
  ofOneCustomer = false,
  ofOneFile = false,
}: {
  label: string;
  items: Batch[] | undefined;
  ofOneCustomer?: boolean;
  ofOneFile?: boolean;
}) {
  return (
    <DataTable
      label={label}
      columns={ofOneFile ? columnsOfFile : ofOneCustomer ? columns.filter(({ key }) => key !== "customer") : columns}
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
    cell: ({ id, no, totals, ...batch }) => (
      <Link to={pages.batch.path} params={{ batchId: id }} className={styles.batch}>
        <span className={styles.no}>{no}</span>
        {batchTitle({ ...batch, rows: totals.rows })}
      </Link>
    ),
  },
  {
    key: "state",
    header: words.state,
    narrow: "line",
    width: "20%",
    cell: ({ state, totals }) => <BatchStatus state={state} totals={totals} />,
  },
  {
    key: "customer",
    header: words.customer,
    width: "15%",
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
    width: "80px",
    cell: (batch) => <Progress batch={batch} />,
  },
  {
    key: "rows",
    header: words.rows,
    numeric: true,
    narrow: "wideOnly",
    width: "72px",
    cell: ({ totals }) => formatCount(totals.rows),
  },
  {
    key: "by",
    header: words.by,
    narrow: "wideOnly",
    width: "10%",
    cell: ({ createdBy }) => createdBy,
  },
  { key: "when", header: words.when, width: "165px", cell: ({ createdAt }) => formatTime(createdAt) },
];

/** All batches of one file do the same with it: what tells them apart is the customer. */
const columnsOfFile: Column<Batch>[] = columns
  .filter(({ key }) => key !== "customer" && key !== "by" && key !== "when")
  .map((column) =>
    column.key === "no"
      ? {
          ...column,
          header: words.customer,
          cell: ({ id, no, customerName }) => (
            <Link to={pages.batch.path} params={{ batchId: id }} className={styles.batch}>
              <span className={styles.no}>{no}</span>
              {customerName}
            </Link>
          ),
        }
      : column,
  );

function Progress({ batch: { totals, startedAt } }: { batch: Batch }) {
  if (startedAt === null || totals.rows === 0) return null;
  const share = (part: number) => `${(part / totals.rows) * 100}%`;
  return (
    <div className={styles.progress} aria-hidden>
      <span data-tone="good" style={{ width: share(totals.succeeded + totals.unchanged) }} />
      <span data-tone="warn" style={{ width: share(totals.partial) }} />
      <span data-tone="bad" style={{ width: share(totals.failed) }} />
    </div>
  );
}
