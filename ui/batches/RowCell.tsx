import { batchTexts } from "./batch-texts.ts";
import type { CellColumn, CellView } from "./batch-cells.ts";
import { type AfterCell, CellEditor } from "./CellEditor.tsx";
import styles from "./RowCell.module.css";

/** A cell of a row: its value and what is wrong with it, or, while it is open, the field to change it. */
export function RowCell({
  column: { title },
  view: { value, secret, state, said },
  open,
  onType,
  onDone,
}: {
  column: CellColumn;
  view: CellView;
  open: boolean;
  onType: (text: string | null) => void;
  onDone: (value: string | null, after: AfterCell) => void;
}) {
  if (open) {
    return (
      <CellEditor
        label={batchTexts.cells.edit(title)}
        value={value}
        secret={secret}
        problem={said === "" ? null : said}
        onType={onType}
        onDone={onDone}
      />
    );
  }
  return (
    <span className={styles.value} data-state={state} title={said === "" ? value : said}>
      {value === "" && state === "bad" ? batchTexts.cells.empty : value}
    </span>
  );
}
