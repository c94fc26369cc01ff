import type { DraftOf, DraftStore } from "../client/draft-store.ts";

/** A cell of a batch's rows with what was typed into it, and what stood in it then. */
export type KeptCell = { rowNo: number; label: string; before: string; value: string };

/** Names a cell of a batch. */
export function cellKey({ rowNo, label }: { rowNo: number; label: string }): string {
  return `${rowNo} ${label}`;
}

/** Where cells that are not saved yet are kept. */
export type KeptCells = {
  /** What tabs left earlier, the latest of each cell; this one before it was loaded again, or others. */
  found: readonly KeptCell[];
  /** Whether the agent who types is still the one who is signed in. */
  isOurs: () => boolean;
  keep: (cells: readonly KeptCell[]) => void;
  /** Forgets what other tabs left, because it was decided on here. */
  answered: () => void;
};

/** Keeps the cells of a batch as the draft `of` in `store`, for as long as `isOurs`. */
export function keptCells(
  store: Pick<DraftStore, "own" | "others" | "keep" | "forget">,
  of: DraftOf,
  isOurs: () => boolean,
): KeptCells {
  const own = store.own(of);
  const others = store.others(of);
  const drafts = [...(own === null ? [] : [own]), ...others].sort((one, other) => one.at - other.at);
  // A later draft of the same cell takes the earlier one's place.
  const found = new Map(drafts.flatMap(({ value }) => value as KeptCell[]).map((cell) => [cellKey(cell), cell]));
  return {
    found: [...found.values()],
    isOurs,
    keep: (cells) => {
      if (!isOurs()) return;
      if (cells.length === 0) store.forget(of);
      else
        store.keep(
          of,
          cells.map(({ rowNo, label, before, value }) => ({ rowNo, label, before, value })),
        );
    },
    answered: () => {
      for (const { tab } of others) store.forget(of, tab);
    },
  };
}
