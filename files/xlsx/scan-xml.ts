import { broken } from "./workbook-problems.ts";
import { isPlainMarkup, standsForItself, withLineFeeds, withoutReferences } from "./xml-text.ts";

/**
 * The value of an attribute by its whole name, or by `:id` whatever its prefix is; to be asked while its tag is told and
 * not later.
 */
export type Attribute = (name: string) => string | undefined;

/** Hears the elements of a part. Names come without their namespace prefix, and are bytes where they are not ASCII. */
export type XmlEvents = {
  open(name: string, attribute: Attribute): void;
  close(name: string): void;
  text(text: string): void;
};

/** A parser that is fed the bytes of one part. */
export type XmlScanner = { push(bytes: Buffer): void; end(): void };

// Excel's longest text has 32,767 characters, up to nine bytes for each where it is escaped. With the bytes that come after it,
// what waits stays below 1,031,913 bytes: a longer string Node keeps outside of the heap, whose limit does not count it then.
const quietLength = 900 * 1024;
const deepest = 100;

// Stand behind the bytes: a look behind an array's end makes V8 take all that is in it for what may be no number.
const marks = Buffer.from("==");

const [bang, quotation, apostrophe, slash, colon, equals, greater, question] = [
  33, 34, 39, 47, 58, 61, 62, 63,
] as const;

/** What begins with `<` and is no tag. */
const asides = [
  { start: "<?", end: "?>" },
  { start: "<!--", end: "-->" },
  { start: "<![CDATA[", end: "]]>" },
] as const;

/**
 * Makes a parser of one XML part of a workbook, named `part` in refusals; both push and end may throw. It is our own
 * because a sheet is hardly anything but tags, of whose attributes few are asked. It reads all XML that a part may be;
 * a document type, which the standard forbids there, is refused, and what does not matter to a reader goes unseen, such
 * as two attributes with one name.
 * @throws Problem workbook_broken: what is not well-formed, too deep, or goes on for 900 kB without a tag
 */
export function scanXml(part: string, events: XmlEvents): XmlScanner {
  let utf8: ((bytes: Buffer) => Buffer) | null = null;
  // What is not told yet begins at `at`, of the bytes and of `xml`, which has a character for each of them: all that XML is
  // marked up with is ASCII, and a text is decoded by itself.
  let bytes: Buffer = Buffer.alloc(0);
  let xml = "";
  let at = 0;
  /** Whether all characters in `xml` stand for themselves, in attributes too. */
  let plain = true;
  let rooted = false;
  /** The names of the elements that are open, as they stand. */
  const names: string[] = [];
  /** Of each attribute of the tag that is told, where its name and its value begin and end. */
  const places: number[] = [];
  let placed = 0;

  const malformed = () => broken(`its part ${part} is not well-formed XML`);

  function scan(): void {
    for (;;) {
      const tag = xml.indexOf("<", at);
      if (tag === -1) return;
      if (tag > at) tellText(textAt(at, tag));
      at = tag;
      const next = bytes[tag + 1];
      const end = next === slash ? closeTag(tag) : next === bang || next === question ? aside(tag) : openTag(tag);
      if (end === -1) return;
      at = end;
    }
  }

  function tellText(text: string): void {
    if (names.length > 0) events.text(text);
    else if (text.trim() !== "") throw malformed();
  }

  /** Tells of the tag at `tag` and gives where it ends; -1, like those beside it, where the end is still to come. */
  function openTag(tag: number): number {
    const nameEnd = wordEnd(tag + 1);
    const last = readAttributes(nameEnd);
    if (last === -1) return -1;
    const empty = bytes[last] === slash;
    const end = empty ? last + 2 : last + 1;
    if (end > xml.length) return -1;
    if (nameEnd === tag + 1 || bytes[end - 1] !== greater) throw malformed();
    if (names.length === 0 && rooted) throw malformed();
    if (names.length === deepest) throw broken(`its part ${part} is nested too deep`);
    rooted = true;
    const name = xml.slice(tag + 1, nameEnd);
    const local = localName(name);
    events.open(local, attribute);
    if (empty) events.close(local);
    else names.push(name);
    return end;
  }

  /** Notes where the attributes from `from` on lie, and gives where `>` or `/>` stands behind them. */
  function readAttributes(from: number): number {
    placed = 0;
    for (let end = from; ;) {
      const name = blanksEnd(end);
      const code = bytes[name];
      if (code === greater || code === slash) return name;
      const nameEnd = wordEnd(name);
      const sign = blanksEnd(nameEnd);
      const open = blanksEnd(sign + 1);
      if (open >= xml.length) return -1;
      const quote = bytes[open];
      if (name === end || nameEnd === name || bytes[sign] !== equals || (quote !== quotation && quote !== apostrophe)) {
        throw malformed();
      }
      // Values are so short that a search costs more than a look at each byte.
      let close = open + 1;
      while (bytes[close] !== quote) if (++close >= xml.length) return -1;
      places[placed++] = name;
      places[placed++] = nameEnd;
      places[placed++] = open + 1;
      places[placed++] = close;
      end = close + 1;
    }
  }

  function attribute(wanted: string): string | undefined {
    for (let no = 0; no < placed; no += 4) {
      if (!isNamed(places[no]!, places[no + 1]!, wanted)) continue;
      const [start, end] = [places[no + 2]!, places[no + 3]!];
      const raw = xml.slice(start, end);
      if (plain || standsForItself(raw)) return raw;
      return withoutReferences(decoded(start, end).replace(/[\t\n]/g, " "), malformed);
    }
    return undefined;
  }

  function isNamed(start: number, end: number, wanted: string): boolean {
    const from = end - wanted.length;
    return (wanted.charCodeAt(0) === colon ? from > start : from === start) && isAt(from, wanted);
  }

  function isAt(from: number, word: string): boolean {
    for (let place = 0; place < word.length; place++) {
      if (bytes[from + place] !== word.charCodeAt(place)) return false;
    }
    return true;
  }

  function closeTag(tag: number): number {
    const name = names.at(-1);
    if (name === undefined) throw malformed();
    const nameEnd = tag + 2 + name.length;
    const end = nameEnd < xml.length ? blanksEnd(nameEnd) : nameEnd;
    if (end >= xml.length) return -1;
    if (bytes[end] !== greater || !isAt(tag + 2, name)) throw malformed();
    names.pop();
    events.close(localName(name));
    return end + 1;
  }

  function aside(tag: number): number {
    for (const { start, end } of asides) {
      if (!xml.startsWith(start, tag)) continue;
      const close = xml.indexOf(end, tag + start.length);
      if (close === -1) return -1;
      if (end === "]]>") tellText(decoded(tag + start.length, close));
      return close + end.length;
    }
    if (asides.some(({ start }) => start.startsWith(xml.slice(tag)))) return -1;
    throw malformed();
  }

  /** The first place from `from` on that is no part of a name. */
  function wordEnd(from: number): number {
    for (let place = from; ; place++) {
      const code = bytes[place]!;
      // Of the marks before the letters a name may have `-`, `.`, digits and `:`.
      if (!(code > greater || (code >= 45 && code <= colon && code !== slash))) return place;
    }
  }

  function blanksEnd(from: number): number {
    let place = from;
    while (bytes[place]! <= 32) place++;
    return place;
  }

  function textAt(from: number, to: number): string {
    const raw = xml.slice(from, to);
    // Some programs end each row with a line feed, which stands for itself in a text.
    if (plain || raw === "\n" || standsForItself(raw)) return raw;
    return withoutReferences(decoded(from, to), malformed);
  }

  function decoded(from: number, to: number): string {
    return withLineFeeds(bytes.toString("utf8", from, to));
  }

  return {
    push(more) {
      utf8 ??= toUtf8(more);
      bytes = Buffer.concat([bytes.subarray(at, xml.length), utf8(more), marks]);
      at = 0;
      xml = bytes.toString("latin1", 0, bytes.length - marks.length);
      plain = isPlainMarkup(xml, malformed);
      scan();
      if (xml.length - at > quietLength) throw broken(`its part ${part} has a text of more than ${quietLength} bytes`);
    },
    end() {
      if (!rooted || names.length > 0 || xml.slice(at).trim() !== "") throw malformed();
    },
  };
}

/** `name` without its namespace prefix: some programs write `x:row` for `row`. */
function localName(name: string): string {
  const at = name.indexOf(":");
  return at === -1 ? name : name.slice(at + 1);
}

/** Gives the bytes of a part that begins with `start` in UTF-8, whichever of the two encodings it may have. */
function toUtf8(start: Buffer): (bytes: Buffer) => Buffer {
  const bom = start.length >= 2 ? start.readUInt16BE(0) : 0;
  if (bom !== 0xfffe && bom !== 0xfeff) return (bytes) => bytes;
  const decoder = new TextDecoder(bom === 0xfffe ? "utf-16le" : "utf-16be");
  return (bytes) => Buffer.from(decoder.decode(bytes, { stream: true }));
}
