import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";

/** A place in a grid, from 0. */
export type GridPlace = { row: number; column: number };

const pageRows = 15;

/**
 * The one cell of a grid that the Tab key reaches, and the keys that move from it: arrows, Home, End, Page up and Page
 * down, with Ctrl to the first and last row. Enter and F2, Space and Ctrl+A are told.
 */
export function useGridFocus(
  grid: RefObject<HTMLElement | null>,
  {
    rows,
    columns,
    onEnter,
    onSpace,
    onSelectAll,
  }: {
    rows: number;
    columns: number;
    onEnter: (place: GridPlace) => void;
    /** With the Shift key it is about a range of rows. */
    onSpace: (place: GridPlace, range: boolean) => void;
    onSelectAll: (() => void) | undefined;
  },
) {
  const [place, setPlace] = useState<GridPlace>({ row: 0, column: 0 });
  const active = { row: Math.min(place.row, rows - 1), column: Math.min(place.column, columns - 1) };
  const moved = useRef(false);
  useEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    grid.current?.querySelector<HTMLElement>(`[data-at="${place.row} ${place.column}"]`)?.focus();
  }, [grid, place]);

  const press = (event: KeyboardEvent) => {
    if (!(event.target instanceof HTMLElement)) return;
    const onCell = event.target.dataset["at"] !== undefined;
    // A field has its own use for these keys; of a box, a button or a link in a cell the arrows still lead away.
    if (!onCell && !event.target.matches("button, a, input[type=checkbox]")) return;
    if (!onCell && (event.key === "Enter" || event.key === " ")) return;
    if (event.key === "Enter" || event.key === "F2") {
      event.preventDefault();
      onEnter(active);
      return;
    }
    if (event.key === " ") {
      event.preventDefault();
      onSpace(active, event.shiftKey);
      return;
    }
    if (event.key === "a" && (event.ctrlKey || event.metaKey) && onSelectAll !== undefined) {
      event.preventDefault();
      onSelectAll();
      return;
    }
    const next = move(event, active, { row: rows - 1, column: columns - 1 });
    if (next === null) return;
    event.preventDefault();
    moved.current = true;
    setPlace(next);
  };
  return { active, press, reach: setPlace };
}

function move({ key, ctrlKey }: KeyboardEvent, { row, column }: GridPlace, last: GridPlace): GridPlace | null {
  const at = (nextRow: number, nextColumn: number): GridPlace => ({
    row: Math.max(0, Math.min(last.row, nextRow)),
    column: Math.max(0, Math.min(last.column, nextColumn)),
  });
  switch (key) {
    case "ArrowUp":
      return at(row - 1, column);
    case "ArrowDown":
      return at(row + 1, column);
    case "ArrowLeft":
      return at(row, column - 1);
    case "ArrowRight":
      return at(row, column + 1);
    case "PageUp":
      return at(row - pageRows, column);
    case "PageDown":
      return at(row + pageRows, column);
    case "Home":
      return at(ctrlKey ? 0 : row, 0);
    case "End":
      return at(ctrlKey ? last.row : row, last.column);
    default:
      return null;
  }
}
