import { expect, test } from "vitest";
import type { Batch, Row } from "../../../contract/batch.ts";
import { cellColumns, viewCell } from "../../../ui/batches/batch-cells.ts";

const row = {
  rowNo: 4,
  input: { Name: "a b", Country: "Freedonia", City: "Lund" },
  code: "upn_invalid",
  field: "userPrincipalName",
  column: "Name",
  message: 'Row 4, column "Name": the name is malformed.',
  otherProblems: [
    {
      code: "country_unknown",
      field: "usageLocation",
      column: "Country",
      message: 'Row 4, column "Country": no country.',
    },
    { code: "required_missing", field: "displayName", column: null, message: "Row 4: the display name is missing." },
  ],
} as unknown as Row;
const batch = {
  header: ["Name", "Country", "City"],
  columns: ["userPrincipalName", "usageLocation", "city"],
} as unknown as Batch;

test("each cell that is at fault says so, and a field that the file has no column for gets one", () => {
  const views = cellColumns(batch, [row]).map((column) => {
    const { state, said } = viewCell(column, row, { cells: new Map() } as unknown as Parameters<typeof viewCell>[2]);
    return [column.label, state, said];
  });
  expect(views).toEqual([
    ["Name", "bad", 'Column "Name": the name is malformed.'],
    ["Country", "bad", 'Column "Country": no country.'],
    ["City", "plain", ""],
    ["displayName", "bad", "The display name is missing."],
  ]);
});
