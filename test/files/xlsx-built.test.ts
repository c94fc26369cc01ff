import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { expect, inject, test } from "vitest";
import { buildMuster } from "../support/build-muster.ts";
import { writeSheet } from "../support/write-workbook.ts";

test("what is shipped reads a workbook in its thread, with the memory and the flags it is started with", async () => {
  const reader = pathToFileURL(join(await buildMuster(), "dist/files/table/read-table.js")).href;
  const file = join(inject("scratch"), "people.xlsx");
  await writeFile(
    file,
    writeSheet([
      ["User name", "Postal code"],
      ["ann@contoso.example", { number: 1067, format: "00000" }],
    ]),
  );
  const script = `
    import { createReadStream } from "node:fs";
    import { readTable } from ${JSON.stringify(reader)};
    const limits = { maxRows: 10, maxColumns: 10, maxCellBytes: 1000 };
    const table = await readTable(createReadStream(${JSON.stringify(file)}), limits);
    for await (const rows of table.rows) console.log(JSON.stringify([table.columns, rows[0].cells]));`;
  const flags = ["--max-old-space-size=384", "--input-type=module", "--eval", script];
  const { stdout } = await promisify(execFile)(process.execPath, flags);
  expect(JSON.parse(stdout)).toEqual([
    ["userPrincipalName", "postalCode"],
    ["ann@contoso.example", "01067"],
  ]);
});
