import { useState } from "react";
import { noSelection, type ListSelection } from "./selection.ts";

/** A list's selection, and how to change it. */
export type SelectionState<Item> = {
  selection: ListSelection<Item>;
  select: (next: ListSelection<Item>) => void;
  clear: () => void;
};

/**
 * Keeps what is selected in a list. Items picked one by one stay selected through paging, sorting and searching; "all
 * that the filter finds" ends when `filter`, any text that tells filters apart, becomes another one.
 */
export function useSelection<Item>(filter: string): SelectionState<Item> {
  const [kept, setKept] = useState<{ selection: ListSelection<Item>; filter: string }>(() => ({
    selection: noSelection(),
    filter,
  }));
  const stale = kept.selection.kind === "all" && kept.filter !== filter;
  return {
    selection: stale ? noSelection() : kept.selection,
    select: (selection) => setKept({ selection, filter }),
    clear: () => setKept({ selection: noSelection(), filter }),
  };
}
