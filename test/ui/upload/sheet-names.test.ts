import { randomBytes } from "node:crypto";
import { closeSync, openSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ExcelJS from "exceljs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openZip } from "../../../files/xlsx/open-zip.ts";
import { readParts } from "../../../files/xlsx/workbook-parts.ts";
import { sheetNames } from "../../../ui/upload/sheet-names.ts";
import { writeWorkbook } from "../../support/write-workbook.ts";

const samples = join(import.meta.dirname, "../../samples");
const workbooks = readdirSync(samples).filter((name) => name.endsWith(".xlsx"));

describe("the sheets of a workbook, told before it is sent", () => {
  it.each(workbooks)("are those that the server finds in %s", async (name) => {
    const path = join(samples, name);
    const fd = openSync(path, "r");
    const { sheets } = await readParts(await openZip(fd, { maxUnzippedBytes: 100_000_000 }));
    closeSync(fd);
    expect(sheets.length).toBeGreaterThan(0);
    expect(await sheetNames(new Blob([readFileSync(path)]))).toEqual(
      sheets.map((sheet) => ({ name: sheet.name, hidden: sheet.hidden })),
    );
  });

  it("have their names and their hiding, whoever wrote the workbook", async () => {
    const workbook = new ExcelJS.Workbook();
    const names = ["R&D <1>", 'The "new" ones', "Ärzte & Café", "部署", "it's", "👩 team"];
    for (const [at, name] of names.entries()) {
      workbook.addWorksheet(name, { state: at === 1 ? "hidden" : at === 2 ? "veryHidden" : "visible" }).addRow(["x"]);
    }
    const bytes = new Uint8Array(await workbook.xlsx.writeBuffer());
    const found = await sheetNames(new Blob([bytes]));
    const kept = workbook.worksheets.map(({ name, state }) => ({ name, hidden: state !== "visible" }));
    expect(found).toEqual(kept);
  });

  it("are none where a file is no workbook, or a broken one", async () => {
    const bytes = writeWorkbook([{ name: "One", rows: [["a"]] }]);
    for (const text of ["", "a,b\n1,2", "PK\u0003\u0004", "x".repeat(200_000)]) {
      expect(await sheetNames(new Blob([text]))).toEqual([]);
    }
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(255), fc.boolean(), async (at, byte, isCut) => {
        const broken = isCut ? bytes.subarray(0, at) : Buffer.from(bytes).fill(byte, at, at + 1);
        expect(Array.isArray(await sheetNames(new Blob([new Uint8Array(broken)])))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it("are read from a few slices of it, however large it is", async () => {
    const filling = Array.from({ length: 10_000 }, () => [randomBytes(40).toString("hex")]);
    const bytes = writeWorkbook([
      { name: "One", rows: filling },
      { name: "Two", rows: filling },
    ]);
    let read = 0;
    const counted = new (class extends Blob {
      override slice(...range: Parameters<Blob["slice"]>) {
        const slice = super.slice(...range);
        read += slice.size;
        return slice;
      }
    })([new Uint8Array(bytes)]);
    expect((await sheetNames(counted)).map(({ name }) => name)).toEqual(["One", "Two"]);
    expect(bytes.length).toBeGreaterThan(500_000);
    expect(read).toBeLessThan(80_000);
  });
});
