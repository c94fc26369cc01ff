import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import type { Code } from "../../contract/codes.ts";
import { Problem } from "../../contract/problem.ts";
import { readTable } from "../../files/table/read-table.ts";
import { openZip } from "../../files/xlsx/open-zip.ts";
import { scanXml } from "../../files/xlsx/scan-xml.ts";
import { spoolFile } from "../../files/xlsx/spool-file.ts";
import { workbookLimits } from "../../files/xlsx/workbook-limits.ts";
import { writeSheet, writeWorkbook, workbookParts, type Row } from "../support/write-workbook.ts";
import { deflatedZeros } from "../support/deflated-zeros.ts";
import { writeZip, type ZipPart } from "../support/write-zip.ts";
import { inChunks, limits, readAll } from "./streams.ts";
import { readWorkbookHere } from "./workbooks.ts";

const users: Row[] = [
  ["User name", "Display name"],
  ["ann@contoso.example", "Ann"],
];
const sheetPart = "xl/worksheets/sheet1.xml";

/** The refusal of `bytes` where they are read as agents' files are, in a thread. */
async function refusal(bytes: Uint8Array, options: Parameters<typeof readAll>[1] = {}): Promise<unknown> {
  return await readAll(bytes, options).then(
    () => "it was read",
    (error: unknown) => error,
  );
}

/** The code with which `bytes` are refused, without the thread, which takes long to start. */
async function codeOf(bytes: Uint8Array): Promise<string> {
  return await readWorkbookHere(bytes).then(
    () => "it was read",
    (error: unknown) => (error instanceof Problem ? error.code : String(error)),
  );
}

/** A compound file (old Office) whose directory names `streams`, as far as Muster looks at one. */
function compoundFile(...streams: string[]): Buffer {
  const sector = Buffer.alloc(512);
  const directory = streams.map((name) => {
    const entry = Buffer.alloc(128);
    entry.write(name, "utf16le");
    return entry;
  });
  return Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), sector, Buffer.alloc(70_000, 7), ...directory, sector]);
}

/** `zip` with the two records that only archives beyond 4 GB need, which say where the directory and its end lie. */
function asZip64(zip: Buffer, places: { directory?: bigint; end?: bigint }): Buffer {
  const at = zip.length - 22;
  const record = Buffer.alloc(56);
  record.write("PK\x06\x06", "latin1");
  record.writeBigUInt64LE(BigInt(zip.readUInt16LE(at + 10)), 32);
  record.writeBigUInt64LE(places.directory ?? BigInt(zip.readUInt32LE(at + 16)), 48);
  const locator = Buffer.alloc(20);
  locator.write("PK\x06\x07", "latin1");
  locator.writeBigUInt64LE(places.end ?? BigInt(at), 8);
  return Buffer.concat([zip.subarray(0, at), record, locator, zip.subarray(at)]);
}

describe("what is no workbook of this kind says what it is", () => {
  test("a workbook with a password", async () => {
    const bytes = compoundFile("Root Entry", "\u0006DataSpaces", "EncryptionInfo", "EncryptedPackage");
    expect(await refusal(bytes)).toMatchObject({
      code: "workbook_encrypted",
      message: expect.stringMatching(/password/),
    });
  });

  test.each(["Workbook", "Book"])("a workbook of the old kind, with its stream %s", async (stream) => {
    expect(await refusal(compoundFile("Root Entry", stream))).toMatchObject({
      code: "workbook_old_format",
      message: expect.stringMatching(/\.xls/),
    });
  });

  test.each([
    [["WordDocument", "Workbook"], "Word"],
    [["PowerPoint Document"], "PowerPoint"],
    [["__substg1.0_0037001F"], "Office"],
  ])("an old document with %s", async (streams, kind) => {
    expect(await refusal(compoundFile(...streams))).toMatchObject({
      code: "upload_not_text",
      message: expect.stringContaining(kind),
    });
  });

  test("an OpenDocument spreadsheet", async () => {
    const parts: ZipPart[] = [
      { name: "mimetype", content: "application/vnd.oasis.opendocument.spreadsheet", stored: true },
      { name: "content.xml", content: "<office:document-content/>" },
    ];
    expect(await refusal(writeZip(parts))).toMatchObject({
      code: "workbook_other_format",
      message: expect.stringMatching(/\.ods/),
    });
    parts[0]!.content = "application/vnd.oasis.opendocument.text";
    expect(await codeOf(writeZip(parts))).toBe("upload_not_text");
  });

  test.each<[string, string[], Code]>([
    ["a binary workbook", ["xl/workbook.bin", "xl/styles.bin"], "workbook_other_format"],
    ["a document of Numbers", ["Index/Document.iwa"], "workbook_other_format"],
    ["a Word document", ["word/document.xml"], "upload_not_text"],
    ["a presentation", ["ppt/presentation.xml"], "upload_not_text"],
    ["a zipped CSV file", ["users.csv"], "upload_not_text"],
  ])("%s", async (_what, names, code) => {
    expect(await codeOf(writeZip(names.map((name) => ({ name, content: "x" }))))).toBe(code);
  });
});

describe("a damaged workbook is refused as such", () => {
  const whole = writeSheet(users);
  const spoiled = (name: string, part: Partial<ZipPart>) =>
    writeZip(
      workbookParts([{ name: "Users", rows: users }]).map((one) => (one.name === name ? { ...one, ...part } : one)),
    );
  const without = (name: string) =>
    writeZip(workbookParts([{ name: "Users", rows: users }]).filter((part) => part.name !== name));

  test("cut off anywhere", async () => {
    expect(await refusal(whole.subarray(0, whole.length - 30))).toMatchObject({
      code: "workbook_broken",
      message: expect.stringMatching(/cut off/),
    });
    for (let length = 4; length < whole.length; length += 97) {
      expect(await codeOf(whole.subarray(0, length))).toBe("workbook_broken");
    }
  });

  test.each<[string, Buffer]>([
    ["a byte changed", Buffer.concat([whole.subarray(0, 600), Buffer.from([whole[600]! ^ 1]), whole.subarray(601)])],
    ["a part that is not what was zipped", spoiled(sheetPart, { saysCrc: 1 })],
    ["a part that is shorter than it says", spoiled(sheetPart, { saysLength: 100_000 })],
    ["a part that is longer than it says", spoiled(sheetPart, { saysLength: 100 })],
    ["a part that is zipped in another way", spoiled(sheetPart, { saysMethod: 12 })],
    ["a part that is no deflated data", spoiled(sheetPart, { stored: true, saysMethod: 8 })],
    ["XML that ends early", spoiled(sheetPart, { content: "<worksheet><sheetData><row><c><v>1</v>" })],
    ["XML that is none", spoiled("xl/workbook.xml", { content: "no XML at all" })],
    ["an entity that nobody declared", spoiled(sheetPart, { content: "<worksheet>&lol;</worksheet>" })],
    ["no sheet", spoiled("xl/workbook.xml", { content: "<workbook><sheets/></workbook>" })],
    ["no workbook part", without("xl/workbook.xml")],
    ["no relations", without("xl/_rels/workbook.xml.rels")],
    ["no sheet part", without(sheetPart)],
    ["no texts", without("xl/sharedStrings.xml")],
    ["a cell to the right of XFD", spoiled(sheetPart, { content: '<worksheet><row><c r="ZZZ1"/></row></worksheet>' })],
    ["a cell nowhere", spoiled(sheetPart, { content: '<worksheet><row><c r="7"/></row></worksheet>' })],
    ["half a text", spoiled(sheetPart, { content: '<worksheet><row><c t="s"><v>0.5</v></c></row></worksheet>' })],
    ["elements within elements", spoiled(sheetPart, { content: `${"<a>".repeat(200)}${"</a>".repeat(200)}` })],
    ["a tag that never ends", spoiled(sheetPart, { content: `<worksheet a="${"x".repeat(1_000_000)}"/>` })],
  ])("with %s", async (_what, bytes) => {
    expect(await codeOf(bytes)).toBe("workbook_broken");
  });

  test.each([
    ["its directory, a little", { directory: 2n ** 40n }],
    ["its directory, beyond all numbers", { directory: 2n ** 63n }],
    ["the end of its directory, beyond all numbers", { end: 2n ** 60n }],
  ])("a large archive that looks behind its end for %s", async (_what, places) => {
    expect(await codeOf(asZip64(whole, {}))).toBe("it was read");
    expect(await codeOf(asZip64(whole, places))).toBe("workbook_broken");
  });

  test("a part with a password of its own is told as locked", async () => {
    expect(await codeOf(spoiled(sheetPart, { encrypted: true }))).toBe("workbook_encrypted");
  });

  test("styles and texts may be missing where nothing needs them", async () => {
    const parts = workbookParts([{ name: "Users", rows: users }], { texts: "inline" });
    const bare = parts.filter(({ name }) => !/styles|sharedStrings|Content_Types/.test(name));
    expect((await readWorkbookHere(writeZip(bare))).rows).toEqual(users);
  });
});

describe("what goes wrong on our side is never told as the file's damage", () => {
  test("a disk that does not give the file's bytes", async () => {
    const file = await spoolFile(inChunks(writeSheet(users)), 1_000_000);
    const zip = await openZip(file.fd, workbookLimits);
    await file.close();
    for (const reading of [zip.read(sheetPart).next(), openZip(file.fd, workbookLimits)]) {
      await expect(reading).rejects.toMatchObject({ name: "Error", code: "EBADF" });
    }
  });

  test("a fault in what listens to a part", () => {
    const fault = new TypeError("a fault of ours");
    const listen = (): never => {
      throw fault;
    };
    for (const event of ["open", "text", "close"] as const) {
      const events = { open: () => undefined, text: () => undefined, close: () => undefined, [event]: listen };
      expect(() => scanXml("part", events).push(Buffer.from("<a>b</a>"))).toThrow(fault);
    }
  });
});

describe("a workbook without a table is refused with the sheets it has", () => {
  test("blank, or with all its rows hidden away in hidden sheets", async () => {
    const sheets = [
      { name: "Empty", rows: [] },
      { name: "List", rows: users, state: "hidden" as const },
    ];
    expect(await refusal(writeWorkbook(sheets))).toMatchObject({
      code: "workbook_no_table",
      message: expect.stringMatching(/"Empty".*"List"/),
    });
  });

  test("with words nobody knows, a header alone, two columns alike", async () => {
    const unknown = writeSheet([
      ["alpha", "beta"],
      ["1", "2"],
    ]);
    expect(await refusal(unknown)).toMatchObject({ code: "header_unrecognised" });
    expect(await refusal(writeSheet([["User name", "Display name"]]))).toMatchObject({ code: "upload_header_only" });
    expect(await refusal(writeSheet([["version:v1.0"]]))).toMatchObject({ code: "workbook_no_table" });
  });
});

describe("limits", () => {
  test("a file of 1 MB that unzips to 1 GB is refused by its directory", async () => {
    const bomb = deflatedZeros(1_000_000_000);
    const bytes = writeSheet(users, { parts: [{ name: sheetPart, content: "", deflated: bomb }] });
    expect(bytes.length).toBeLessThan(1_100_000);
    expect(await refusal(bytes)).toMatchObject({
      code: "workbook_too_large",
      message: expect.stringMatching(/1,000 MB/),
    });
  });

  test("a file whose directory hides that it unzips to 1 GB is refused where it goes beyond what it says", async () => {
    const bomb = deflatedZeros(1_000_000_000);
    for (const name of [sheetPart, "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml", "_rels/.rels"]) {
      const part = { name, content: "", deflated: { ...bomb, length: 2000 } };
      expect(await codeOf(writeSheet(users, { parts: [part] }))).toBe("workbook_broken");
    }
  });

  test("a file that stays below 1 GB and still is hundreds of times its size is refused", async () => {
    const bytes = writeSheet(users, {
      parts: [{ name: "xl/media/a.xml", content: "", deflated: deflatedZeros(150_000_000) }],
    });
    expect(await codeOf(bytes)).toBe("workbook_too_large");
  });

  test("a file with more parts than any workbook has is refused", async () => {
    const parts = Array.from({ length: 10_001 }, (_, at) => ({ name: `xl/${at}`, content: "" }));
    expect(await codeOf(writeZip(parts))).toBe("workbook_too_large");
  });

  test("a file with more bytes than are taken is refused while it comes, and the rest is left", async () => {
    let given = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield writeSheet(users);
      for (;;) yield new Uint8Array((given += 65_536) && 65_536);
    }
    const options = { ...limits, workbook: { maxZippedBytes: 1_000_000 } };
    await expect(readTable(endless(), options)).rejects.toMatchObject({ code: "workbook_too_large" });
    expect(given).toBeLessThan(1_200_000);
  });

  test("texts that take more memory than is given are refused", async () => {
    const many = Array.from({ length: 200 }, (_, at) => [`u${at}`, String(at).repeat(8000)]);
    const bytes = writeSheet([...users, ...many]);
    expect(await refusal(bytes, { workbook: { maxTextBytes: 1024 * 1024 } })).toMatchObject({
      code: "workbook_too_large",
    });
  });

  test("reading that takes too long is ended", async () => {
    expect(await refusal(writeSheet(users), { workbook: { maxMs: 1 } })).toMatchObject({ code: "workbook_too_slow" });
  });

  test("rows, columns and cells have the limits of a CSV file", async () => {
    const rows = Array.from({ length: 6 }, (_, at) => [`u${at}`]);
    expect(await refusal(writeSheet([["User name"], ...rows]), { maxRows: 5 })).toMatchObject({
      code: "too_many_rows",
    });
    const wide = Array.from({ length: 30 }, (_, at) => `x${at}`);
    expect(await refusal(writeSheet([["User name"], ["ann", ...wide]]), { maxColumns: 20 })).toMatchObject({
      code: "too_many_columns",
    });
    expect(await refusal(writeSheet([["User name", ...wide], ["ann"]]), { maxColumns: 20 })).toMatchObject({
      code: "too_many_columns",
    });
    for (const texts of ["shared", "inline"] as const) {
      const long = writeSheet(
        [
          ["User name", "Display name"],
          ["ann", "x".repeat(32_769)],
        ],
        { texts },
      );
      expect(await refusal(long)).toMatchObject({
        code: "cell_too_long",
        message: expect.stringMatching(/row 1.*Display name/),
      });
    }
  });

  test("cells of exactly the limit are read, and those of the widest sheet go by in small blocks", async () => {
    const text = "ü".repeat(16_384);
    expect((await readAll(writeSheet([["User name"], [text]]))).rows[0]?.cells).toEqual([text]);
    const wide = Array.from({ length: 200 }, () => [...Array.from({ length: 16_383 }, () => null), "x"]);
    const { rows, blocks } = await readWorkbookHere(writeSheet(wide));
    expect(rows.map((row) => row.length)).toEqual(wide.map(() => limits.maxColumns + 1));
    expect(blocks).toBe(4);
  });

  test("a sheet is refused before it fills memory: rows to the last column, styles without end, values without end", async () => {
    const head = '<row><c t="inlineStr"><is><t>User name</t></is></c></row>';
    const sheet = (rows: string) => writeSheet([], { parts: [{ name: sheetPart, content: `<s>${head}${rows}</s>` }] });
    const farRight = '<row><c r="XFD1"><v>1</v></c></row>'.repeat(100_000);
    expect(await refusal(sheet(farRight))).toMatchObject({ code: "too_many_columns" });
    const long = `<row><c><v>${"x<b/>".repeat(100_000)}</v></c></row>`;
    expect(await refusal(sheet(long))).toMatchObject({ code: "cell_too_long" });
    const styles = `<s><cellXfs>${"<xf/>".repeat(70_000)}</cellXfs></s>`;
    const styled = writeSheet(users, { parts: [{ name: "xl/styles.xml", content: styles }] });
    expect(await codeOf(styled)).toBe("workbook_broken");
  });

  test("a reader who goes away ends the thread, before and after the first row", async () => {
    const many = Array.from({ length: 20_000 }, (_, at) => [`u${at}@contoso.example`]);
    const bytes = writeSheet([["User name"], ...many]);
    const table = await readTable(inChunks(bytes), limits);
    await table.close();
    const other = await readTable(inChunks(bytes), limits);
    for await (const block of other.rows) {
      expect(block).toHaveLength(1000);
      break;
    }
    await other.close();
  });

  test("nothing of a workbook stays on disk, whatever becomes of it, and a source that breaks off leaves its own error", async () => {
    const folder = await mkdtemp(join(tmpdir(), "muster-spool-"));
    vi.stubEnv("TMPDIR", folder);
    const table = await readTable(inChunks(writeSheet(users)), limits);
    expect(await left(folder)).toEqual([]);
    await table.close();
    expect(await refusal(writeSheet(users), { workbook: { maxZippedBytes: 100 } })).toMatchObject({
      code: "workbook_too_large",
    });
    await expect(readTable(breakingOff(), limits)).rejects.toThrow("aborted");
    expect(await left(folder)).toEqual([]);
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });
});

async function* breakingOff(): AsyncGenerator<Uint8Array> {
  yield writeSheet(users);
  throw new Error("aborted");
}

/** What lies in the folder for temporary files but for what tsx keeps there. */
async function left(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => !name.startsWith("tsx"));
}
