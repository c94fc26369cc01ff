import { createReadStream } from "node:fs";
import { expect, test } from "vitest";
import { buildUpn } from "../../files/rows/build-upn.ts";
import { readRow } from "../../files/rows/read-row.ts";
import { readTable } from "../../files/table/read-table.ts";
import { parseUpnPattern } from "../../files/rows/upn-pattern.ts";
import { canReadSamples, fieldSamples } from "../support/field-samples.ts";
import { readingOf } from "./readings.ts";
import { limits } from "./streams.ts";

/** Rows, and how many of them are right once the agent has chosen a domain, and a pattern for missing names. */
const expected: Record<string, { rows: number; right: number; built: number } | "upload_header_only"> = {
  "entra-bulk-create-699.csv": { rows: 697, right: 697, built: 697 },
  "entra-bulk-create.csv": { rows: 10, right: 10, built: 10 },
  "french-headers-json-cells.csv": { rows: 8, right: 8, built: 8 },
  "header-only-semicolon.csv": "upload_header_only",
  "people-without-upn-2500.csv": { rows: 2500, right: 0, built: 2500 },
  "username-department-3.csv": { rows: 3, right: 3, built: 3 },
  "username-without-domain-200.csv": { rows: 200, right: 200, built: 200 },
};

test.runIf(canReadSamples("npx vitest run test/files/shared-samples.test.ts")).each(Object.entries(expected))(
  "the real file %s is read",
  async (file, outcome) => {
    expect(await readFile(`${fieldSamples}${file}`)).toEqual(outcome);
  },
);

async function readFile(path: string): Promise<{ rows: number; right: number; built: number } | string> {
  const table = await readTable(createReadStream(path), limits);
  const reading = readingOf(table.header, { columns: table.columns, domain: "contoso.example" });
  const pattern = parseUpnPattern("{givenName}.{surname}");
  const counts = { rows: 0, right: 0, built: 0 };
  try {
    for await (const block of table.rows) {
      for (const row of block) {
        const { problem, values } = readRow(row.rowNo, row.cells, reading);
        const { givenName, surname, displayName } = values;
        counts.rows++;
        if ((row.problem ?? problem) === null) counts.right++;
        if ("local" in buildUpn(pattern, { givenName, surname, displayName, country: null })) counts.built++;
      }
    }
  } catch (error) {
    return (error as { code: string }).code;
  }
  return counts;
}
