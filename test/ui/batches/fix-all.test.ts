import { describe, expect, it } from "vitest";
import type { Row } from "../../../contract/batch.ts";
import { cellsToFix, fixedCells, writeCells } from "../../../ui/batches/fix-all.ts";

const row = (rowNo: number, country: string) => ({ rowNo, input: { Country: country } }) as unknown as Row;

describe("one change for all rows of a cause", () => {
  it("sets a cell or replaces a text in it, and counts only what changes", () => {
    const rows = [row(1, "Atlantis"), row(2, "Sweden"), row(3, "")];
    expect(fixedCells(rows, { label: "Country", kind: "set", value: " Sweden " })).toEqual([
      { rowNo: 1, before: "Atlantis", after: "Sweden" },
      { rowNo: 3, before: "", after: "Sweden" },
    ]);
    expect(fixedCells(rows, { label: "Country", kind: "replace", find: "Atlant", by: "$&" })).toEqual([
      { rowNo: 1, before: "Atlantis", after: "$&is" },
    ]);
    expect(fixedCells(rows, { label: "Country", kind: "replace", find: "", by: "x" })).toEqual([]);
  });

  it("is worked out for every page before a row is changed, and written a thousand rows at a time", async () => {
    const pages = [0, 1, 2].map((page) => ({
      items: Array.from({ length: 900 }, (_, at) => row(page * 900 + at + 1, "Atlantis")),
      next: page < 2 ? String(page + 1) : null,
    }));
    const fix = { label: "Country", kind: "set", value: "SE" } as const;
    const cells = await cellsToFix(async (cursor) => await Promise.resolve(pages[Number(cursor ?? 0)]!), fix);
    expect(cells).toHaveLength(2_700);
    const sent: number[] = [];
    const send = async (rows: unknown[]) => await Promise.resolve(sent.push(rows.length));
    expect(await writeCells(send, { label: "Country", cells }, "after", () => undefined)).toEqual({
      written: cells,
      problem: null,
    });
    expect(sent).toEqual([1_000, 1_000, 700]);
  });

  it("that is broken off says which cells were written, so that these can be undone", async () => {
    const cells = Array.from({ length: 1_500 }, (_, at) => ({ rowNo: at + 1, before: "", after: "SE" }));
    const refused = new Error("refused");
    let times = 0;
    const send = async () => {
      times += 1;
      if (times === 2) throw refused;
      await Promise.resolve();
    };
    const { written, problem } = await writeCells(send, { label: "Country", cells }, "after", () => undefined);
    expect([written.length, problem]).toEqual([1_000, refused]);
    const back: unknown[] = [];
    await writeCells(
      async (rows) => await Promise.resolve(back.push(...rows)),
      { label: "Country", cells: written },
      "before",
      () => undefined,
    );
    expect(back[0]).toEqual({ rowNo: 1, values: { Country: null } });
  });
});
