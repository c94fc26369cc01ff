import { useId, useRef, useState } from "react";
import type { Row } from "../../contract/batch.ts";
import type { CellEdits } from "./cell-edits.ts";
import { batchTexts } from "./batch-texts.ts";
import { type CellColumn, type CellView, changeOf } from "./batch-cells.ts";
import { type AfterCell, CellEditor } from "./CellEditor.tsx";
import styles from "./RowCells.module.css";

type Entry = { column: CellColumn; view: CellView };

/** The cells of a row under each other, each to open with a click or Enter; blank ones only where they stand for a field. */
export function RowCells({ row: { rowNo }, views, edits }: { row: Row; views: Entry[]; edits: CellEdits }) {
  const [open, setOpen] = useState<string | null>(null);
  const id = useId();
  const back = useRef<string | null>(null);
  const shown = views.filter(
    ({ column, view }) => view.value !== "" || column.field !== null || view.state !== "plain",
  );

  const done = (at: number, value: string | null, after: AfterCell) => {
    const { column, view } = shown[at]!;
    if (value === null) edits.type(null);
    else edits.change(changeOf({ rowNo, label: column.label }, view, value));
    const next = after === "next" ? shown[at + 1] : after === "previous" ? shown[at - 1] : undefined;
    back.current = after === "away" || next !== undefined ? null : column.label;
    setOpen((now) => next?.column.label ?? (now === column.label ? null : now));
  };
  return (
    <div>
      <h3 className={styles.title}>{batchTexts.batch.cells}</h3>
      <dl className={styles.cells}>
        {shown.map(({ column, view, view: { value, secret, state, said } }, at) => (
          <div key={column.label} data-state={state}>
            <dt>{column.title}</dt>
            <dd>
              {open === column.label ? (
                <CellEditor
                  label={batchTexts.cells.edit(column.title)}
                  value={value}
                  secret={secret}
                  problem={null}
                  describedBy={said === "" ? undefined : `${id}${at}`}
                  onType={(text) =>
                    edits.type(text === null ? null : changeOf({ rowNo, label: column.label }, view, text))
                  }
                  onDone={(next, after) => done(at, next, after)}
                />
              ) : (
                <button
                  type="button"
                  className={styles.open}
                  aria-describedby={said === "" ? undefined : `${id}${at}`}
                  title={batchTexts.cells.edit(column.title)}
                  aria-label={`${batchTexts.cells.edit(column.title)}: ${value === "" ? batchTexts.cells.empty : value}`}
                  ref={(button) => {
                    if (button === null || back.current !== column.label) return;
                    back.current = null;
                    button.focus();
                  }}
                  onClick={() => setOpen(column.label)}
                  onKeyDown={(event) => {
                    if (event.key === "F2") setOpen(column.label);
                  }}
                >
                  {value === "" ? <span className={styles.empty}>{batchTexts.cells.empty}</span> : value}
                </button>
              )}
            </dd>
            {said !== "" && (
              <dd id={`${id}${at}`} className={styles.said}>
                {said}
              </dd>
            )}
          </div>
        ))}
      </dl>
    </div>
  );
}
