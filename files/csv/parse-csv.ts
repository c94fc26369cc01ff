import { makeLooseQuotes } from "./loose-quotes.ts";

/** The character around cells that hold delimiters or line ends. */
export type Quote = '"' | "'";

/** A CSV parser that is fed text piece by piece and hands out whole rows. */
export type CsvParser = {
  /** The rows that `text` completes, each as its cells. */
  push(text: string): string[][];
  /** The last row where the text does not end with a line end. Nothing may be pushed afterwards. */
  end(): string[][];
  /** The cell that is open at the end of what was pushed: its column from 0, its text so far, whether in quotes. */
  open(): { column: number; text: string; quoted: boolean };
  /**
   * How many cells began with a quote that nothing closes (`stray`), and how many hold quotes that are not doubled
   * (`loose`). All were kept as characters of theirs.
   */
  oddQuotes(): OddQuotes;
};

/** Counts of cells with quotes that are there against the rules. */
export type OddQuotes = { stray: number; loose: number };

const lineFeed = 10;
const carriageReturn = 13;
const blank = 32;

/**
 * A parser of RFC 4180 with the leniency of the programs that write such files: CRLF, LF and CR may be mixed; blanks
 * before an opening quote are dropped; text after a closing quote belongs to the cell (`"Nick" Smith` reads `Nick Smith`),
 * unless a quote further on in the line closes the cell: then those before it are characters of it, with the backslash
 * left out that is put before some (`"Nick "the fox" Smith"`, `"10\" wrench"`); a quote inside an unquoted cell is an
 * ordinary character, and so is one at the start of a cell where the next quote opens another cell, or none follows before
 * the last line end (`"Nick,"Smith, N."`). `delimiter` is one character, or `, `, of which the blank may be missing.
 * `quote` is one character; an apostrophe with text behind it is one of the text (`'isn't'`). With `keepBlanks` those
 * before an opening quote stay, for whoever wants to know where blanks stand.
 *
 * The grammar is ours, not papaparse's, for two reasons that tests show: papaparse takes one line end for the whole
 * file, and where text follows a closing quote it joins all rows up to the next quote. Both make one person of two.
 */
export function makeCsvParser(delimiter: string, quote: Quote = '"', keepBlanks = false): CsvParser {
  const separator = delimiter.charCodeAt(0);
  const quoteCode = quote.charCodeAt(0);
  const withBlank = delimiter.length > 1;
  const openingQuote = delimiter === " " ? quoteAt : quoteBehindBlanks;
  // What was pushed from the start of the open cell on. It is scanned again with the next piece; callers bound its length.
  let rest = "";
  let cells: string[] = [];
  let quoted = false;
  let skipLineFeed = false;
  const odd = { stray: 0, loose: 0 };
  const looseQuotes = makeLooseQuotes(quote, endsCell);

  /** Where the quote is that closes a cell, -1 where the cell is open; text behind an apostrophe says that it closes none. */
  function closingQuote(text: string, from: number): number {
    let at = text.indexOf(quote, from);
    while (at !== -1) {
      const doubled = text[at + 1] === quote;
      if (!doubled && (quote === '"' || !isWithinText(text, at))) break;
      at = text.indexOf(quote, doubled ? at + 2 : at + 1);
    }
    return at;
  }

  function isWithinText(text: string, at: number): boolean {
    let behind = at + 1;
    if (separator !== blank) while (text.charCodeAt(behind) === blank) behind++;
    return behind < text.length && !endsCell(text.charCodeAt(behind)) && !endsCell(text.charCodeAt(at - 1));
  }

  /** Whether the quote at `close`, which text follows, opens a cell of its own. A blank before it may be one of a text. */
  function opensCell(text: string, opening: number, close: number): boolean {
    return close - 1 > opening && endsCell(text.charCodeAt(close - 1));
  }

  function endsCell(code: number): boolean {
    return code === separator || code === lineFeed || code === carriageReturn;
  }

  function scan(text: string, last: boolean): string[][] {
    const rows: string[][] = [];
    const length = text.length;
    let start = 0;
    if (skipLineFeed && length > 0) {
      if (text.charCodeAt(0) === lineFeed) start = 1;
      skipLineFeed = false;
    }
    quoted = false;
    looseQuotes.reset();
    while (start < length) {
      const begin = withBlank && cells.length > 0 && text.charCodeAt(start) === blank ? start + 1 : start;
      let from = begin;
      let inner = "";
      let loose = false;
      let opening = openingQuote(text, begin, quoteCode);
      if (opening !== -1) {
        let close = closingQuote(text, opening + 1);
        if (close === -1 && last) close = length;
        // A quote that ends the piece may be the first half of a doubled one.
        if (close === -1 || (close === length - 1 && !last)) {
          quoted = close === -1;
          break;
        }
        if (close === length) {
          if (isLineEnds(text, opening + 1)) opening = -1;
        } else if (separator !== blank && !endsCell(text.charCodeAt(close + 1))) {
          let behind = close + 1;
          while (text.charCodeAt(behind) === blank) behind++;
          if (behind === length && !last) break;
          if (behind < length && !endsCell(text.charCodeAt(behind))) {
            const opens = opensCell(text, opening, close);
            const end = opens ? looseQuotes.before(text, opening, close) : looseQuotes.behind(text, close + 1, last);
            if (end === null) break;
            loose = end !== -1;
            if (loose) close = end;
            else if (opens) opening = -1;
          }
        }
        if (loose) odd.loose++;
        if (opening === -1) odd.stray++;
        else {
          inner = text.slice(opening + 1, close);
          if (loose) inner = inner.replaceAll(`\\${quote}`, quote);
          if (inner.includes(quote)) inner = inner.replaceAll(quote + quote, quote);
          if (keepBlanks) inner = text.slice(begin, opening) + inner;
          from = close + 1;
        }
      }
      let at = from;
      let code = -1;
      for (; at < length; at++) {
        code = text.charCodeAt(at);
        if (code === separator || code === lineFeed || code === carriageReturn) break;
      }
      if (at >= length) {
        if (!last) break;
        cells.push(inner + text.slice(from));
        start = length;
        rows.push(cells);
        cells = [];
        break;
      }
      cells.push(opening === -1 ? text.slice(from, at) : inner + text.slice(from, at));
      start = at + 1;
      if (code === separator) continue;
      rows.push(cells);
      cells = [];
      if (code === carriageReturn) {
        if (start === length) skipLineFeed = true;
        else if (text.charCodeAt(start) === lineFeed) start++;
      }
    }
    rest = text.slice(start);
    return rows;
  }

  return {
    push: (text) => scan(rest === "" ? text : rest + text, false),
    end() {
      const rows = scan(rest, true);
      if (cells.length > 0) {
        // The text ended with a delimiter: one more cell, empty.
        cells.push("");
        rows.push(cells);
        cells = [];
      }
      return rows;
    },
    open: () => ({ column: cells.length, text: rest, quoted: quoted && !isLineEnds(rest, rest.indexOf(quote) + 1) }),
    oddQuotes: () => odd,
  };
}

/** Whether nothing but line ends, and one at least, is in `text` from `start` on: a file that ends behind a quote is cut off. */
function isLineEnds(text: string, start: number): boolean {
  let at = start;
  while (at < text.length && (text.charCodeAt(at) === lineFeed || text.charCodeAt(at) === carriageReturn)) at++;
  return at === text.length && at > start;
}

function quoteAt(text: string, start: number, quoteCode: number): number {
  return text.charCodeAt(start) === quoteCode ? start : -1;
}

function quoteBehindBlanks(text: string, start: number, quoteCode: number): number {
  let at = start;
  let code = text.charCodeAt(at);
  while (code === blank) code = text.charCodeAt(++at);
  return code === quoteCode ? at : -1;
}
