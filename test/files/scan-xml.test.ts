import * as fc from "fast-check";
import { SaxesParser } from "saxes";
import { expect, test } from "vitest";
import { Problem } from "../../contract/problem.ts";
import { scanXml } from "../../files/xlsx/scan-xml.ts";

/** What a part holds, in its order; texts that follow one another as one. */
type Told = { open: string; attributes: Record<string, string> } | { close: string } | { text: string };

const attributeNames = ["r", "s", "xml:space", "x:id", "_x.1-y"];
const names = fc.constantFrom("c", "row", "x:v", "Größe");

// Whole words of XML, and blanks wherever it may have them.
const blanks = fc.constantFrom("", " ", "\n\t", "\r\n");
const gaps = fc.constantFrom(" ", "\n", "\r\n  ");
// Never "]]>", which a text may not have.
const characters = [
  "a",
  "Zoë",
  "林",
  "😀",
  "].",
  ">",
  "/",
  "=",
  "\r\n",
  "\r",
  "\t",
  "&lt;",
  "&amp;",
  "&quot;",
  "&#10;",
  "&#x1F600;",
];
const quoted = fc
  .constantFrom('"', "'")
  .chain((quote) =>
    fc
      .array(fc.constantFrom(...characters, quote === '"' ? "'" : '"'), { maxLength: 4 })
      .map((parts) => quote + parts.join("") + quote),
  );
const attributes = fc
  .uniqueArray(fc.record({ name: fc.constantFrom(...attributeNames), gap: gaps, around: blanks, value: quoted }), {
    selector: ({ name }) => name,
    maxLength: 3,
  })
  .map((all) => all.map(({ name, gap, around, value }) => `${gap}${name}${around}=${around}${value}`).join(""));
const asides = fc.constantFrom(
  "<!---->",
  "<!-- <c> & -->",
  "<?a b > c?>",
  "<![CDATA[<c>&amp;\r\n]] >]]>",
  "<![CDATA[]]>",
);
const texts = fc.array(fc.constantFrom(...characters), { maxLength: 4 }).map((parts) => parts.join(""));

const { element } = fc.letrec<{ element: string; inside: string }>((tie) => ({
  element: fc
    .record({ name: names, attributes, blank: blanks, inside: fc.option(tie("inside")) })
    .map(({ name, attributes: own, blank, inside }) =>
      inside === null ? `<${name}${own}${blank}/>` : `<${name}${own}${blank}>${inside}</${name}${blank}>`,
    ),
  inside: fc
    .array(fc.oneof({ depthSize: "small" }, texts, asides, tie("element")), { maxLength: 4 })
    .map((parts) => parts.join("")),
}));

const parts = fc
  .record({ head: fc.constantFrom("", '<?xml version="1.0" encoding="UTF-8"?>\r\n', "<!-- a -->"), element })
  .map(({ head, element: root }) => `${head}${root}\n`);

const encodings: Record<string, (xml: string) => Buffer> = {
  "UTF-8": (xml) => Buffer.from(xml),
  "UTF-8 with its mark": (xml) => Buffer.from(`\uFEFF${xml}`),
  "UTF-16": (xml) => Buffer.from(`\uFEFF${xml}`, "utf16le"),
};

const [open, close, text] = [
  (name: string, own: Record<string, string>): Told => ({ open: name, attributes: own }),
  (name: string): Told => ({ close: name }),
  (more: string): Told => ({ text: more }),
];

/** What our scanner tells of `bytes`, of which it gets `length` at a time. @throws Problem workbook_broken */
function toldByUs(bytes: Buffer, length: number): Told[] {
  const told: Told[] = [];
  const scanner = scanXml("part", {
    open: (name, attribute) => {
      const own = attributeNames.flatMap((one) => {
        const value = attribute(one);
        return value === undefined ? [] : [[one, value]];
      });
      if (attribute(":id") !== attribute("x:id"))
        throw new Error("an attribute is not found by what follows its colon");
      told.push(open(decoded(name), Object.fromEntries(own)));
    },
    close: (name) => told.push(close(decoded(name))),
    text: (more) => told.push(text(more)),
  });
  for (let at = 0; at < bytes.length; at += length) scanner.push(bytes.subarray(at, at + length));
  scanner.end();
  return joined(told);
}

function decoded(name: string): string {
  return Buffer.from(name, "latin1").toString();
}

function local(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

/** What a general parser tells of the same; null where it says that this is no XML. */
function toldBySaxes(xml: string): Told[] | null {
  const told: Told[] = [];
  let failed = false;
  const parser = new SaxesParser();
  parser.on("opentag", ({ name, attributes: own }) => {
    const asked = attributeNames.filter((one) => one in own).map((one) => [one, own[one] as string]);
    told.push(open(local(name), Object.fromEntries(asked)));
  });
  parser.on("closetag", ({ name }) => told.push(close(local(name))));
  parser.on("text", (more) => told.push(text(more)));
  parser.on("cdata", (more) => told.push(text(more)));
  parser.on("error", () => {
    failed = true;
  });
  parser.write(xml).close();
  return failed ? null : joined(told);
}

/** Without the texts outside of all elements, which are blank, and with one for those side by side. */
function joined(told: readonly Told[]): Told[] {
  const all: Told[] = [];
  let depth = 0;
  for (const one of told) {
    if ("open" in one) depth++;
    if ("close" in one) depth--;
    const last = all.at(-1);
    if (!("text" in one)) all.push(one);
    else if (depth === 0 || one.text === "") continue;
    else if (last !== undefined && "text" in last) all[all.length - 1] = text(last.text + one.text);
    else all.push(one);
  }
  return all;
}

test.each(Object.entries(encodings))(
  "any XML in %s is told as a general parser does, however it is cut",
  (_, encode) => {
    fc.assert(
      fc.property(parts, fc.integer({ min: 2, max: 200 }), (xml, length) => {
        const theirs = toldBySaxes(xml);
        expect(theirs).not.toBeNull();
        expect(toldByUs(encode(xml), length)).toEqual(theirs);
      }),
      { numRuns: 1000 },
    );
  },
);

test("XML that is spoiled is told as a general parser does, or refused; what that takes is not", () => {
  const words = [
    "<",
    ">",
    "/",
    "=",
    '"',
    "'",
    "&",
    ";",
    " ",
    "<!--",
    "-->",
    "]]>",
    "<c>",
    "</c>",
    "<c/>",
    "&#0;",
    "&constructor;",
    "\u0001",
  ];
  const spots = fc.array(
    fc.record({ at: fc.nat(), word: fc.constantFrom("", ...words), drop: fc.integer({ min: 0, max: 3 }) }),
    { minLength: 1, maxLength: 3 },
  );
  let taken = 0;
  fc.assert(
    fc.property(parts, spots, fc.integer({ min: 2, max: 200 }), (xml, changes, length) => {
      let spoiled = xml;
      for (const { at, word, drop } of changes) {
        const place = at % (spoiled.length + 1);
        spoiled = spoiled.slice(0, place) + word + spoiled.slice(place + drop);
      }
      const bytes = Buffer.from(spoiled);
      const theirs = toldBySaxes(bytes.toString());
      const ours = attempt(() => toldByUs(bytes, length));
      if (theirs === null) return;
      taken++;
      expect(ours).toEqual(theirs);
    }),
    { numRuns: 3000 },
  );
  expect(taken).toBeGreaterThan(100);
});

test.each([
  "",
  "text",
  "<a>",
  "<a></b>",
  "</a>",
  "<a/><b/>",
  "<a/>text",
  "<a b></a>",
  "<a b=1></a>",
  '<a b="1"c="2"></a>',
  '<a b="1></a>',
  "<a / >",
  "<a>&nbsp;</a>",
  "<a>& </a>",
  "<a>&#xD800;</a>",
  "<a>&#1114112;</a>",
  "<a>\0</a>",
  '<a r="&lol;"/>',
  "<!DOCTYPE a><a/>",
  "<a><![CDATA[</a>",
])("%j is refused as no XML of a workbook", (xml) => {
  expect(attempt(() => toldByUs(Buffer.from(xml), 5))).toBe("workbook_broken");
});

function attempt(read: () => Told[]): Told[] | string {
  try {
    return read();
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}
