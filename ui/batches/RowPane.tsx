import { Spinner } from "@fluentui/react-components";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { pages } from "../../contract/pages.ts";
import type { Batch, Row } from "../../contract/batch.ts";
import { causes } from "../../contract/codes.ts";
import type { CellEdits, CellEditsState } from "./cell-edits.ts";
import { jobAddress } from "../../contract/chunk.ts";
import { batchWorkTexts } from "./batch-work-texts.ts";
import { hasOutcomes } from "./batch-outcome.ts";
import { batchTexts } from "./batch-texts.ts";
import { type CellColumn, mayChange, problemsOfRow, viewCell } from "./batch-cells.ts";
import { productsQuery } from "../customers/customer-queries.ts";
import { DetailsPane } from "../kit/DetailsPane.tsx";
import { FactList } from "../kit/FactList.tsx";
import { RowCells } from "./RowCells.tsx";
import styles from "./RowPane.module.css";
import { productWords } from "./product-words.ts";
import { batchPlanTexts } from "./batch-plan-texts.ts";
import { PlannedStatus } from "./PlannedStatus.tsx";
import { RowPlanWord, RowStatus } from "./Status.tsx";

const words = batchTexts.batch;

type Parts = {
  batch: Batch;
  columns: CellColumn[];
  edits: CellEdits;
  edited: CellEditsState;
};

/** The details of one row: how it stands and why, and all its cells, which can be changed, with the one at fault marked. */
export function RowPane({
  rowNo,
  row,
  loading,
  onClose,
  onPrevious,
  onNext,
  ...parts
}: Parts & {
  rowNo: number;
  row: Row | undefined;
  loading: boolean;
  onClose: () => void;
  onPrevious: (() => void) | undefined;
  onNext: (() => void) | undefined;
}) {
  return (
    <DetailsPane
      label={words.rowPane}
      title={words.rowTitle(rowNo)}
      onClose={onClose}
      onPrevious={onPrevious}
      onNext={onNext}
    >
      {row === undefined ? <Absent loading={loading} /> : <Details key={rowNo} row={row} {...parts} />}
    </DetailsPane>
  );
}

function Details({ batch, row, columns, edits, edited }: Parts & { row: Row }) {
  const products = useQuery({ ...productsQuery(batch.customerId), enabled: columns.some(isLicenses) });
  const all = columns.map((column) => ({ column, view: viewCell(column, row, edited) }));
  // The cells at fault stand first, and stay there when they are mended.
  const [faults] = useState(
    () => new Set(all.filter(({ view }) => view.state === "bad").map(({ column }) => column.label)),
  );
  const views = [...all].sort((one, other) => Number(isFault(other)) - Number(isFault(one)));
  function isFault({ column }: { column: CellColumn }) {
    return faults.has(column.label);
  }
  const changeable = mayChange(batch, row);
  const saidAtCell = changeable && all.some(({ view }) => view.state === "bad");
  const tone = row.code === null ? "plain" : row.state === "partial" ? "warn" : "bad";
  return (
    <>
      {!saidAtCell &&
        problemsOfRow(row).map(
          ({ field, message }) =>
            message !== null && (
              <p key={field} className={styles.message} data-tone={tone}>
                {message}
              </p>
            ),
        )}
      <FactList
        facts={[
          ...(hasOutcomes(batch)
            ? [
                { label: words.planned, value: <RowPlanWord plan={row.plan} /> },
                { label: words.outcome, value: <RowStatus state={row.state} /> },
              ]
            : [{ label: batchPlanTexts.willHappen, value: <PlannedStatus row={row} /> }]),
          { label: words.filterCause, value: row.code === null ? null : causes[row.code].title },
          { label: "", value: row.step === null ? null : words.step(row.step) },
          {
            label: batchWorkTexts.jobs.title,
            value: row.job !== null && <a href={jobAddress(row.job)}>{batchWorkTexts.jobs.openRow}</a>,
          },
          { label: words.attempts, value: row.attempts > 1 ? String(row.attempts) : null },
          {
            label: words.user,
            value: row.userId !== null && (
              <Link to={pages.users.path} params={{ customerId: batch.customerId }} search={{ user: row.userId }}>
                {words.openUser}
              </Link>
            ),
          },
        ]}
      />
      {Object.keys(row.input).length === 0 ? (
        <p className={styles.quiet}>{words.cellsGone}</p>
      ) : changeable ? (
        <RowCells row={row} views={views} edits={edits} />
      ) : (
        <FactList
          title={words.cells}
          facts={all.map(({ column, view }) => ({
            label: column.title,
            value: isLicenses(column) ? productWords(view.value, products.data ?? []) : view.value,
            bad: view.state === "bad",
          }))}
        />
      )}
    </>
  );
}

function isLicenses({ field }: CellColumn): boolean {
  return field === "licenses" || field === "removeLicenses";
}

function Absent({ loading }: { loading: boolean }) {
  return loading ? <Spinner /> : <p className={styles.quiet}>{words.rowElsewhere}</p>;
}
