import type { Row } from "../../contract/batch.ts";
import { passwordMark } from "../../contract/fields.ts";
import type { ProblemDocument } from "../../contract/problem-document.ts";
import { problemOf } from "../client/request-failed.ts";
import { cellKey, type KeptCell, type KeptCells } from "./kept-cells.ts";

/** A cell that is not saved yet: what it shows, and why the api refused it, if it did. */
type CellEdit = { value: string; problem: ProblemDocument | null };

/** A cell that an agent changed. `value` is empty to clear the cell; a secret one is neither shown nor kept. */
export type CellChange = KeptCell & { secret: boolean };

export type CellEditsState = {
  /** By `cellKey`. */
  cells: ReadonlyMap<string, CellEdit>;
  /** Rows as the api answered with them, so that a row that a filter leaves out by now stays in sight. */
  rows: ReadonlyMap<number, Row>;
  /** The numbers of all rows that were saved. */
  saved: ReadonlySet<number>;
  saving: boolean;
  /** What was typed earlier and is not saved, to be taken up or dropped; none of it is in `cells`. */
  left: readonly KeptCell[];
};

export type CellEdits = ReturnType<typeof makeCellEdits>;

type Send = (rows: { rowNo: number; values: Record<string, string | null> }[]) => Promise<{ items: Row[] }>;

const quietMs = 400;
const mostRows = 1_000;

/**
 * Collects changed cells and sends those of 400 ms at once, one request at a time. A cell that was refused keeps what was
 * typed and its problem until it is sent again or given up; one that met the end of the session waits for the next. All
 * that is not saved yet stands in `kept` as well, and no other agent's session sends it.
 */
export function makeCellEdits(send: Send, onAnswer: (rows: Row[]) => void, kept: KeptCells) {
  const wanted = new Map<string, CellChange & { problem: ProblemDocument | null }>();
  let rows = new Map<number, Row>();
  let saved = new Set<number>();
  let left = kept.found;
  let typed: CellChange | null = null;
  let sending = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let state: CellEditsState = { cells: new Map(), rows, saved, saving: false, left };
  const watchers = new Set<() => void>();

  const tell = () => {
    const cells = new Map(
      [...wanted].map(([key, { value, secret, problem }]) => [key, { value: secret ? passwordMark : value, problem }]),
    );
    state = { cells, rows, saved, saving: sending, left };
    keep();
    for (const watcher of watchers) watcher();
  };
  const keep = () => {
    const changes = [...wanted.values(), ...(typed === null ? [] : [typed])].filter(({ secret }) => !secret);
    kept.keep([...left, ...changes]);
  };
  // Whoever changes the cell while it is open changes what the agent has not seen.
  const asOpened = (change: CellChange): CellChange =>
    typed !== null && cellKey(typed) === cellKey(change) ? { ...change, before: typed.before } : change;
  const want = (change: CellChange) => wanted.set(cellKey(change), { ...change, problem: null });
  const leaveOut = (cells: readonly KeptCell[]) => {
    if (cells.length === 0) return;
    left = left.filter((cell) => !cells.includes(cell));
    kept.answered();
  };
  const schedule = (afterMs: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), afterMs);
  };
  const flush = async (): Promise<void> => {
    clearTimeout(timer);
    const taken = sending || !kept.isOurs() ? [] : firstRows([...wanted].filter(([, { problem }]) => problem === null));
    if (taken.length === 0) return;
    sending = true;
    tell();
    try {
      const { items } = await send(rowsOf(taken.map(([, change]) => change)));
      for (const [key, change] of taken) if (wanted.get(key) === change) wanted.delete(key);
      rows = new Map([...rows, ...items.map((row) => [row.rowNo, row] as const)]);
      saved = new Set([...saved, ...taken.map(([, { rowNo }]) => rowNo)]);
      onAnswer(items);
    } catch (error) {
      refuse(taken, problemOf(error));
    }
    sending = false;
    tell();
    if ([...wanted.values()].some((change) => change.problem === null && !taken.some(([, sent]) => sent === change)))
      schedule(0);
  };
  const refuse = (taken: [string, CellChange][], problem: ProblemDocument) => {
    if (problem.code === "unauthenticated") return;
    const named = new Set(problem.errors?.map(({ row }) => row));
    const some = taken.some(([, { rowNo }]) => named.has(rowNo));
    for (const [key, change] of taken) {
      if (wanted.get(key) !== change) continue;
      // Where the refusal names rows, the others go again without them.
      wanted.set(key, { ...change, problem: !some || named.has(change.rowNo) ? problem : null });
    }
  };

  return {
    state: () => state,
    watch: (watcher: () => void) => {
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
    /** Keeps what stands in the open cell, without a word to those who watch; null once it is closed. */
    type: (change: CellChange | null) => {
      typed = change === null ? null : asOpened(change);
      keep();
    },
    /** Whether a cell holds something that does not go out by itself. */
    isDirty: () => typed !== null || [...wanted.values()].some(({ problem }) => problem !== null),
    change: (change: CellChange) => {
      leaveOut(left.filter((cell) => cellKey(cell) === cellKey(change)));
      want(asOpened(change));
      typed = null;
      tell();
      schedule(quietMs);
    },
    /** Sends what waits without waiting longer. */
    flush: () => void flush(),
    sendAgain: () => {
      for (const [key, change] of wanted) wanted.set(key, { ...change, problem: null });
      void flush();
    },
    giveUp: () => {
      typed = null;
      for (const [key, { problem }] of wanted) if (problem !== null) wanted.delete(key);
      tell();
    },
    /** Sends what was left earlier, in the place of the values that `changes` name. */
    takeUp: (cells: readonly KeptCell[], changes: readonly KeptCell[]) => {
      leaveOut(cells);
      for (const change of changes) want({ ...change, secret: false });
      tell();
      void flush();
    },
    drop: (cells: readonly KeptCell[]) => {
      leaveOut(cells);
      tell();
    },
    forgetRows: () => {
      rows = new Map();
      tell();
    },
    forgetSaved: () => {
      rows = new Map();
      saved = new Set();
      tell();
    },
  };
}

function firstRows<Entry extends [string, CellChange]>(entries: Entry[]): Entry[] {
  const rowNos = [...new Set(entries.map(([, { rowNo }]) => rowNo))].slice(0, mostRows);
  return entries.filter(([, { rowNo }]) => rowNos.includes(rowNo));
}

function rowsOf(changes: CellChange[]): Parameters<Send>[0] {
  const values = new Map<number, Record<string, string | null>>();
  for (const { rowNo, label, value } of changes) {
    values.set(rowNo, { ...values.get(rowNo), [label]: value === "" ? null : value });
  }
  return [...values].map(([rowNo, given]) => ({ rowNo, values: given }));
}
