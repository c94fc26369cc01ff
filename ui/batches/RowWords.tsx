import type { Batch, Row } from "../../contract/batch.ts";
import { formatCount } from "../kit/format.ts";
import { hasOutcomes } from "./batch-outcome.ts";
import { batchTexts } from "./batch-texts.ts";
import { personName } from "./person-name.ts";
import { besideNumber } from "./batch-cells.ts";
import styles from "./BatchRows.module.css";
import { PlannedStatus } from "./PlannedStatus.tsx";
import { RowStatus } from "./Status.tsx";

const words = batchTexts.batch;

/** The number of a row, which opens its details: the click goes on to the row itself. */
export function RowButton({ rowNo, tabIndex }: { rowNo: number; tabIndex?: number }) {
  return (
    <button type="button" className={styles.rowNo} aria-label={words.rowTitle(rowNo)} tabIndex={tabIndex}>
      {formatCount(rowNo)}
    </button>
  );
}

/** A row on a narrow screen: who it is, how it stands, and why. */
export function NarrowRow({ row, batch }: { row: Row; batch: Batch }) {
  const { rowNo, state, plan, message, input, person } = row;
  return (
    <>
      <div className={styles.first}>
        <RowButton rowNo={rowNo} />
        <span className={styles.who}>
          {personName(person) ?? Object.values(input).find((value) => value !== "") ?? ""}
        </span>
        {hasOutcomes(batch) ? <RowStatus state={state} /> : <PlannedStatus row={row} />}
      </div>
      <div className={styles.second}>{besideNumber(message) ?? words.planHints[plan]}</div>
    </>
  );
}
