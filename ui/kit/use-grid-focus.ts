import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";
import type { ListEnd } from "./use-list-ends.ts";

/** A place in a grid, from 0. */
export type GridPlace = { row: number; column: number };

const pageRows = 15;

/**
 * The one cell of a grid that the Tab key reaches, and the keys that move from it: arrows, Home, End, Page up and Page
 * down, with Ctrl to the first and last row of the whole list. Enter and F2, Space and Ctrl+A are told.
 */
export function useGridFocus(
  grid: RefObject<HTMLElement | null>,
  {
    first,
    rows,
    inAll,
    columns,
    onUnread,
    onEnter,
    onSpace,
    onSelectAll,
  }: {
    /** The first row that is read, and how many are. */
    first: number;
    rows: number;
    /** Rows of the whole list, where an end that is not read can be jumped to. */
    inAll: number | undefined;
    columns: number;
    /** Asks for the end that a key leads to; its cell takes the focus once it is there. */
    onUnread: (end: ListEnd) => void;
    onEnter: (place: GridPlace) => void;
    /** With the Shift key it is about a range of rows. */
    onSpace: (place: GridPlace, range: boolean) => void;
    onSelectAll: (() => void) | undefined;
  },
) {
  const [place, setPlace] = useState<GridPlace>({ row: 0, column: 0 });
  const last = { row: first + rows - 1, column: columns - 1 };
  const active = { row: within(place.row, first, last.row), column: Math.min(place.column, last.column) };
  // Where a key led to. Not whether one did: the effect of an earlier drawing may run after the key and before the next.
  const target = useRef<GridPlace | null>(null);
  useEffect(() => {
    if (target.current === null) return;
    const { row, column } = target.current;
    const cell = grid.current?.querySelector<HTMLElement>(`[data-at="${row} ${column}"]`);
    if (cell === null || cell === undefined) return;
    target.current = null;
    cell.focus();
  });
  const reach = (reached: GridPlace) => {
    target.current = null;
    setPlace(reached);
  };

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
    const whole = inAll === undefined ? { first, last: last.row } : { first: 0, last: inAll - 1 };
    const next = move(event, active, { first, last, whole });
    if (next === null) return;
    event.preventDefault();
    target.current = next;
    setPlace(next);
    if (next.row < first) onUnread("start");
    if (next.row > last.row) onUnread("end");
  };
  return { active, press, reach };
}

function move(
  { key, ctrlKey }: KeyboardEvent,
  { row, column }: GridPlace,
  { first, last, whole }: { first: number; last: GridPlace; whole: { first: number; last: number } },
): GridPlace | null {
  const at = (nextRow: number, nextColumn: number): GridPlace => ({
    row: within(nextRow, first, last.row),
    column: within(nextColumn, 0, last.column),
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
      return ctrlKey ? { row: whole.first, column: 0 } : at(row, 0);
    case "End":
      return ctrlKey ? { row: whole.last, column: last.column } : at(row, last.column);
    default:
      return null;
  }
}

function within(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
