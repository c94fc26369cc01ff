import { type RefObject, useLayoutEffect, useRef } from "react";

/** An end of a list. */
export type ListEnd = "start" | "end";

/** From which end on a list is read, and how to have it read from the other one. */
export type ListEnds = { from: ListEnd; onGo: (end: ListEnd) => void };

/**
 * Where the rows that are `read` stand in a list of `total`, and how to go to either end of it: what lies between is never
 * read. Rows that come before those in sight leave these in their place.
 */
export function useListEnds(
  scroller: RefObject<HTMLElement | null>,
  {
    ends,
    read,
    total,
    isWhole,
    rowPx,
  }: {
    ends: ListEnds | undefined;
    read: number;
    total: number | undefined;
    /** Whether all rows are read. */
    isWhole: boolean;
    rowPx: number;
  },
): { from: ListEnd; first: number; go: (end: ListEnd) => void } {
  const from = ends?.from ?? "start";
  const before = useRef({ from, read });
  const scrollTo = (end: ListEnd) => {
    if (scroller.current !== null) scroller.current.scrollTop = end === "end" ? scroller.current.scrollHeight : 0;
  };
  useLayoutEffect(() => {
    const was = before.current;
    before.current = { from, read };
    if (was.from !== from) scrollTo(from);
    else if (from === "end" && read > was.read && scroller.current !== null) {
      scroller.current.scrollTop += (read - was.read) * rowPx;
    }
  });
  return {
    from,
    first: from === "start" ? 0 : Math.max(0, (total ?? 0) - read),
    go: (end) => {
      if (end === from || isWhole) scrollTo(end);
      else ends?.onGo(end);
    },
  };
}
