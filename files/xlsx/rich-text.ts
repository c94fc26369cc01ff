/** Collects the text of a shared or inline string: all its runs, without the reading aids of East Asian text. */
export type RichText = {
  open(name: string): void;
  close(name: string): void;
  text(text: string): void;
  /** The text so far; the next one begins empty. */
  take(): string;
};

/** How many characters of a file one character of a text may take: `_x000D_`. */
export const longestEscape = 7;

/** Makes a collector of texts; what is longer than `maxLength` characters is cut one behind them, for it is refused. */
export function makeRichText(maxLength: number): RichText {
  let whole = "";
  let inText = false;
  let inReading = false;
  return {
    open(name) {
      if (name === "rPh") inReading = true;
      else if (name === "t") inText = !inReading;
    },
    close(name) {
      if (name === "rPh") inReading = false;
      else if (name === "t") inText = false;
    },
    text(text) {
      if (inText && whole.length <= maxLength * longestEscape) whole += text;
    },
    take() {
      const taken = whole;
      whole = "";
      return withoutEscapes(taken).slice(0, maxLength + 1);
    },
  };
}

/**
 * `text` with the characters for which it has escapes such as `_x000D_` (ECMA-376, ST_Xstring). What is no text, NUL
 * and half a surrogate pair, becomes U+FFFD as in a CSV file.
 */
export function withoutEscapes(text: string): string {
  if (!text.includes("_x")) return text;
  const whole = text.replace(/_x([\dA-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
  return Buffer.from(whole.replaceAll("\0", "\uFFFD")).toString();
}
