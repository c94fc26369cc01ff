import { StringDecoder } from "node:string_decoder";
import { SaxesParser } from "saxes";
import { broken } from "./workbook-problems.ts";

/** Hears the elements of a part. Names come without their namespace prefix, attributes as they stand. */
export type XmlEvents = {
  open(name: string, attributes: Record<string, string>): void;
  close(name: string): void;
  text(text: string): void;
};

/** A parser that is fed the bytes of one part. */
export type XmlScanner = { push(bytes: Buffer): void; end(): void };

// Excel's longest text has 32,767 characters, up to seven times that where each is escaped.
const quietLength = 1024 * 1024;
const deepest = 100;

/**
 * Makes a parser of one XML part of a workbook, named `part` in refusals; both push and end may throw.
 * @throws Problem workbook_broken: what is not well-formed, too deep, or goes on for 1 MB without a tag
 */
export function scanXml(part: string, events: XmlEvents): XmlScanner {
  const parser = new SaxesParser<{ xmlns: false; position: false }>({ xmlns: false, position: false });
  let decode: ((bytes: Buffer) => string) | null = null;
  let quiet = 0;
  let depth = 0;
  parser.on("opentag", ({ name, attributes }) => {
    quiet = 0;
    if (++depth > deepest) throw broken(`its part ${part} is nested too deep`);
    events.open(localName(name), attributes);
  });
  parser.on("closetag", ({ name }) => {
    quiet = 0;
    depth--;
    events.close(localName(name));
  });
  parser.on("text", (text) => events.text(text));
  parser.on("cdata", (text) => events.text(text));
  // Only what the parser itself says is the file's fault; an error in what listens is not.
  parser.on("error", () => {
    throw broken(`its part ${part} is not well-formed XML`);
  });

  return {
    push(bytes) {
      decode ??= decoderOf(bytes);
      const text = decode(bytes);
      quiet += text.length;
      parser.write(text);
      if (quiet > quietLength) throw broken(`its part ${part} has a text of more than ${quietLength} characters`);
    },
    end: () => void parser.close(),
  };
}

/** `name` without its namespace prefix: some programs write `x:row` for `row`. */
export function localName(name: string): string {
  const colon = name.indexOf(":");
  return colon === -1 ? name : name.slice(colon + 1);
}

function decoderOf(start: Buffer): (bytes: Buffer) => string {
  const bom = start.length >= 2 ? start.readUInt16BE(0) : 0;
  if (bom === 0xfffe || bom === 0xfeff) {
    const decoder = new TextDecoder(bom === 0xfffe ? "utf-16le" : "utf-16be");
    return (bytes) => decoder.decode(bytes, { stream: true });
  }
  const decoder = new StringDecoder("utf8");
  return (bytes) => decoder.write(bytes);
}
