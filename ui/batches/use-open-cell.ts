import { useState } from "react";
import type { Row } from "../../contract/batch.ts";
import type { CellEdits } from "./cell-edits.ts";
import { type CellColumn, type CellView, changeOf } from "./batch-cells.ts";
import type { AfterCell } from "./CellEditor.tsx";

export type CellPlace = { rowNo: number; label: string };

/** The one cell that is open, and what becomes of it: saved, left, or followed by the cell beside it. */
export function useOpenCell(edits: CellEdits, rows: Row[], columns: CellColumn[], may: (row: Row) => boolean) {
  const [open, setOpen] = useState<CellPlace | null>(null);
  const isOpen = (place: CellPlace) => open?.rowNo === place.rowNo && open.label === place.label;

  const beside = ({ rowNo, label }: CellPlace, step: 1 | -1): CellPlace | null => {
    const column = columns.findIndex((one) => one.label === label) + step;
    if (columns[column] !== undefined) return { rowNo, label: columns[column].label };
    const next = rows[rows.findIndex((row) => row.rowNo === rowNo) + step];
    const end = columns.at(step === 1 ? 0 : -1);
    return next === undefined || end === undefined || !may(next) ? null : { rowNo: next.rowNo, label: end.label };
  };
  const done = (place: CellPlace, view: CellView, value: string | null, after: AfterCell) => {
    if (value === null) edits.type(null);
    else edits.change(changeOf(place, view, value));
    if (after === "next" || after === "previous") setOpen(beside(place, after === "next" ? 1 : -1));
    // A click elsewhere may have opened another cell already.
    else setOpen((now) => (now?.rowNo === place.rowNo && now.label === place.label ? null : now));
  };
  return { isOpen, done, setOpen };
}
