/** Finds the end of quoted cells in which quotes stand that are not doubled. */
export type LooseQuotes = {
  /** Forgets what it saw of a text, before another. */
  reset(): void;
  /**
   * The quote from `from` on that ends the cell in whose text `from` is: no other cell has opened before it, and it is in
   * the same line, not too far away and not behind a backslash. -1 where there is none; null where that depends on what
   * follows, if the text is not the `last`.
   */
  behind(text: string, from: number, last: boolean): number | null;
  /** The first quote between two others that the end of a cell follows, -1 where there is none. */
  before(text: string, opening: number, close: number): number;
};

const lineFeed = 10;
const carriageReturn = 13;
const blank = 32;
const backslash = 92;

// So much text is kept back at most until it is known where a cell ends. It is less than what a cell may have.
const farthest = 8192;

/** Looks for ends of cells among `quote`s, which `endsCell` tells by the character that follows. Each text is run through once. */
export function makeLooseQuotes(quote: string, endsCell: (code: number) => boolean): LooseQuotes {
  const quoteCode = quote.charCodeAt(0);
  // A cell that is open before `barredTo` has no such end, and no quote between there and `seenTo` is one.
  let barredTo = 0;
  let seenTo = 0;

  return {
    reset() {
      barredTo = 0;
      seenTo = 0;
    },
    behind(text, from, last) {
      if (from < barredTo) return -1;
      let at = Math.max(from, seenTo);
      for (; at < from + farthest; at++) {
        if (at >= text.length && !last) return null;
        const code = text.charCodeAt(at);
        if (at >= text.length || code === lineFeed || code === carriageReturn) break;
        if (code !== quoteCode) continue;
        const before = text.charCodeAt(at - 1);
        if (endsCell(before)) break;
        const first = at;
        while (text.charCodeAt(at + 1) === quoteCode) at++;
        let next = at + 1;
        while (text.charCodeAt(next) === blank) next++;
        if (next >= text.length && !last) return null;
        if (before === backslash && first === at) continue;
        if (next >= text.length || endsCell(text.charCodeAt(next))) return at;
      }
      if (at < from + farthest) barredTo = at;
      else seenTo = at;
      return -1;
    },
    before(text, opening, close) {
      for (let at = text.indexOf(quote, opening + 1); at < close; at = text.indexOf(quote, at + 1)) {
        if (endsCell(text.charCodeAt(at + 1))) return at;
      }
      return -1;
    },
  };
}
