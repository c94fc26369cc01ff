import * as fc from "fast-check";
import { expect, test } from "vitest";
import { listSpecs, makeUserList, shownValue } from "./user-lists.ts";
import { workbookWriters } from "./workbook-writers.ts";
import { readWorkbookHere, withValues } from "./workbooks.ts";

// 301 lists in all.
const listsEach = 43;

test.each(Object.entries(workbookWriters))(
  "lists of users written by %s are read cell for cell",
  async (_, write) => {
    await fc.assert(
      fc.asyncProperty(listSpecs, async (spec) => {
        const list = makeUserList(spec);
        const written = withValues([list.header, ...list.rows].map((row) => row.map(shownValue)));
        const { rows } = await readWorkbookHere(await write(list));
        expect(rows).toHaveLength(written.length);
        const wrong = written.findIndex((row, at) => row.join("\t") !== rows[at]!.join("\t"));
        expect(rows[wrong]).toEqual(written[wrong]);
      }),
      { numRuns: listsEach, endOnFailure: true },
    );
  },
  300_000,
);
