import type { ReactNode } from "react";

/** A column of a virtual table. */
export type VirtualColumn<Item> = {
  key: string;
  header: ReactNode;
  cell: (item: Item) => ReactNode;
  /** A track of a CSS grid, such as `96px` or `minmax(160px, 1fr)`. */
  track: string;
  numeric?: boolean;
  /** Stays in sight while the rest moves sideways; the distance from the left edge. */
  stuckAt?: string;
  sorted?: "ascending" | "descending" | "none";
};

/** Makes a grid of the table on wide screens: its cells are reached with the arrow keys, and some can be opened. */
export type CellOpening<Item> = {
  mayOpen: (item: Item, columnKey: string) => boolean;
  onOpen: (item: Item, columnKey: string) => void;
};

/** Makes a grid of the table in which rows are selected; `range` is asked for with the Shift key, from the row before. */
export type RowSelecting<Item> = {
  isSelected: (item: Item) => boolean;
  onSelect: (item: Item, how: { on: boolean; range: boolean }) => void;
  onSelectAll: () => void;
};
