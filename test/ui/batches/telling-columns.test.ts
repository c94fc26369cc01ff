import { expect, it } from "vitest";
import type { Row } from "../../../contract/batch.ts";
import { tellingColumns } from "../../../ui/batches/batch-cells.ts";

const columns = ["Name", "Country", "City"].map((label) => ({ label, title: label, field: null }));
const row = (rowNo: number, input: Row["input"], column: string | null = null) =>
  ({ rowNo, input, column, field: null, message: null, otherProblems: [] }) as unknown as Row;

it("columns that say the same in every row say nothing, unless a row is at fault there", () => {
  const rows = [row(1, { Name: "Ana", Country: "SE" }), row(2, { Name: "Bo", Country: "SE", City: "" })];
  expect(tellingColumns(columns, rows)).toEqual(["Name"]);
  const faulty = [...rows, row(3, { Name: "Cem", Country: "SE" }, "Country")];
  expect(tellingColumns(columns, faulty)).toEqual(["Name", "Country"]);
});

it("a single row says all that it has", () => {
  expect(tellingColumns(columns, [row(1, { Name: "Ana" })])).toEqual(["Name", "Country", "City"]);
});
