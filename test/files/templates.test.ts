import { expect, test } from "vitest";
import { fileOperationNames } from "../../contract/operations.ts";
import { templateCsv } from "../../files/templates/templates.ts";
import { readAll } from "./streams.ts";

test.each(fileOperationNames)(
  "the template of %s is read by Muster: every column known, the example passed over",
  async (operation) => {
    const { table, rows } = await readAll(`${templateCsv(operation)}${Array(22).fill("x").join(",")}\r\n`);
    expect(table.columns).not.toContain(null);
    expect(table.encoding()).toBe("UTF-8 with BOM");
    expect(rows).toHaveLength(1);
  },
);
