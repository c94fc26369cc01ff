import { Spinner } from "@fluentui/react-components";
import { Link } from "@tanstack/react-router";
import type { Batch, Row } from "../../contract/batch.ts";
import { texts } from "../texts.ts";
import { DetailsPane } from "./DetailsPane.tsx";
import { FactList } from "./FactList.tsx";
import styles from "./RowPane.module.css";
import { RowPlanWord, RowStatus } from "./Status.tsx";

const words = texts.batch;

/** The details of one row: how it stands and why, and all its cells with the one at fault marked. */
export function RowPane({
  batch: { customerId },
  rowNo,
  row,
  loading,
  ...acts
}: {
  batch: Batch;
  rowNo: number;
  row: Row | undefined;
  loading: boolean;
  onClose: () => void;
  onPrevious: (() => void) | undefined;
  onNext: (() => void) | undefined;
}) {
  return (
    <DetailsPane label={words.rowPane} title={words.rowTitle(rowNo)} {...acts}>
      {row === undefined ? (
        <Absent loading={loading} />
      ) : (
        <>
          {row.message !== null && (
            <p className={styles.message} data-tone={row.state === "partial" ? "warn" : "bad"}>
              {row.message}
            </p>
          )}
          <FactList
            facts={[
              { label: words.planned, value: <RowPlanWord plan={row.plan} /> },
              { label: words.outcome, value: <RowStatus state={row.state} /> },
              { label: words.filterCause, value: row.code },
              { label: "", value: row.step === null ? null : words.step(row.step) },
              { label: words.attempts, value: row.attempts > 1 ? String(row.attempts) : null },
              {
                label: words.user,
                value: row.userId !== null && (
                  <Link to="/customers/$customerId" params={{ customerId }} search={{ user: row.userId }}>
                    {words.openUser}
                  </Link>
                ),
              },
            ]}
          />
          {Object.keys(row.input).length === 0 ? (
            <p className={styles.quiet}>{words.cellsGone}</p>
          ) : (
            <FactList
              title={words.cells}
              facts={Object.entries(row.input).map(([label, value]) => ({
                label,
                value,
                bad: label === row.column,
              }))}
            />
          )}
        </>
      )}
    </DetailsPane>
  );
}

function Absent({ loading }: { loading: boolean }) {
  return loading ? <Spinner /> : <p className={styles.quiet}>{words.rowElsewhere}</p>;
}
