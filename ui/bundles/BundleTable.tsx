import { Link } from "@tanstack/react-router";
import type { Bundle } from "../../contract/bundle.ts";
import { pages } from "../../contract/pages.ts";
import batchStyles from "../batches/BatchTable.module.css";
import { batchTexts } from "../batches/batch-texts.ts";
import { type Column, DataTable } from "../kit/DataTable.tsx";
import { formatCount, formatTime } from "../kit/format.ts";
import styles from "./BundleTable.module.css";
import { bundleStates, bundleTitle } from "./bundle-title.ts";
import { bundleTexts } from "./bundle-texts.ts";

const words = batchTexts.batches;

/** A table of files for many customers, with how their batches stand and how many rows need somebody. */
export function BundleTable({ items }: { items: Bundle[] | undefined }) {
  return <DataTable label={pages.bundles.title} columns={columns} items={items} itemKey={({ id }) => id} />;
}

const columns: Column<Bundle>[] = [
  {
    key: "no",
    header: bundleTexts.list.file,
    narrow: "lead",
    cell: (bundle) => (
      <Link to={pages.bundle.path} params={{ bundleId: bundle.id }} className={batchStyles.batch}>
        <span className={batchStyles.no}>{bundle.no}</span>
        {bundleTitle(bundle)}
      </Link>
    ),
  },
  {
    key: "state",
    header: bundleTexts.list.batches,
    narrow: "line",
    width: "24%",
    cell: (bundle) => <States bundle={bundle} />,
  },
  {
    key: "customers",
    header: bundleTexts.list.customers,
    numeric: true,
    narrow: "wideOnly",
    width: "96px",
    cell: ({ batches }) => formatCount(batches),
  },
  {
    key: "rows",
    header: words.rows,
    numeric: true,
    narrow: "wideOnly",
    width: "80px",
    cell: ({ rows }) => formatCount(rows),
  },
  { key: "by", header: words.by, narrow: "wideOnly", width: "12%", cell: ({ createdBy }) => createdBy },
  { key: "when", header: words.when, width: "165px", cell: ({ createdAt }) => formatTime(createdAt) },
];

function States({ bundle }: { bundle: Bundle }) {
  const { totals, refused } = bundle;
  const wrong = bundleTexts.list.wrong(totals.failed, totals.partial, refused);
  return (
    <>
      {bundleStates(bundle)}
      {wrong !== "" && <div className={styles.wrong}>{wrong}</div>}
    </>
  );
}
