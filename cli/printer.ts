import { progressBar } from "./progress-bar.ts";

/** Where the command writes: a terminal, or a file or pipe. */
export type Screen = { isTTY?: boolean; columns?: number; write(text: string): unknown };

/** Tells a person how it goes, line by line, with one line that moves where there is a terminal. */
export type Printer = {
  say(line: string): void;
  /** Shows how far something is, `share` from 0 to 1. */
  progress(share: number, words: string): void;
  /** Leaves the line that moves, so that somebody else can write. */
  leaveLine(): void;
};

const barMs = 100;
const lineMs = 10_000;
const nothing = { at: -Infinity, tenth: -1, words: "" };

/**
 * Makes a printer. On a terminal progress is a bar that is drawn over itself; elsewhere it is a plain line for each tenth
 * and at least one every 10 s. Characters that steer a terminal, as cells of a file may hold, come out as �.
 */
export function makePrinter(screen: Screen, now: () => number = () => performance.now()): Printer {
  const bars = screen.isTTY === true;
  let last = nothing;

  function leaveLine(): void {
    if (bars && last !== nothing) screen.write("\n");
    last = nothing;
  }

  return {
    leaveLine,
    say(line) {
      leaveLine();
      screen.write(`${harmless(line)}\n`);
    },
    progress(share, words) {
      const tenth = Math.floor(share * 10);
      const since = now() - last.at;
      if (words === last.words) return;
      if (bars ? since < barMs && share < 1 : tenth <= last.tenth && since < lineMs) return;
      last = { at: now(), tenth, words };
      screen.write(bars ? `\r${barLine(share, harmless(words), screen.columns)}\u001B[K` : `${harmless(words)}\n`);
    },
  };
}

/** The bar and `words` in one line: one that wraps could not be drawn over. */
function barLine(share: number, words: string, columns = 0): string {
  const room = (columns === 0 ? 80 : columns) - 1;
  const width = Math.min(40, Math.max(8, room - words.length - 3));
  return `${progressBar(share, width)} ${words}`.slice(0, room);
}

/** `text` without control characters and without those that turn the direction of reading. */
function harmless(text: string): string {
  return text.replaceAll(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, "\uFFFD");
}
