import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { expect, test } from "vitest";
import { findWorkTableUsers, namesWorkTable } from "./support/find-work-table-users.ts";

const ROOT = resolve(import.meta.dirname, "..");

test("no file outside core/batches/work-rows/ writes the name of the work table or of its columns", async () => {
  expect(await findWorkTableUsers(ROOT)).toEqual([]);
});

test("a second place that names the work table is found, in whatever folder of the code it is", async () => {
  const tree = await mkdtemp(join(tmpdir(), "muster-work-rows-"));
  await cp(join(ROOT, "core/batches"), join(tree, "core/batches"), { recursive: true });
  const planted = ["api/uploads/a.ts", "core/batches/a.ts", "core/batches/plan/deep/a.ts", "main.ts", "worker/a.ts"];
  for (const file of planted) {
    await mkdir(dirname(join(tree, file)), { recursive: true });
    await writeFile(join(tree, file), 'export const sql = "delete from work_rows where row_no = 1";\n');
  }
  expect(await findWorkTableUsers(tree)).toEqual(planted);
  await rm(tree, { recursive: true, force: true });
});

test.each([
  "`select from WORK_ROWS`",
  "`copy work_rows (row_no) from stdin`",
  'const input = workColumns("input"); `select input.user_id from ${workRows} input`',
  'const asked = inputColumns("asked"); `select ${asked.rowNo} from ${inputs} asked where asked.sku_ids is null`',
])("the table or a column of it is seen in %s", (text) => {
  expect(namesWorkTable(text)).toBe(true);
});

test.each([
  'const input = workColumns("input"); `select ${input.userId} from ${workRows} input`',
  'const input = workColumns("input"); `select ${input.rowNo}, results.row_no from row_results results`',
  "`select input.user_id from users input`",
  "`select from rows join row_results using (row_no)`",
])("neither the table nor a column of it is seen in %s", (text) => {
  expect(namesWorkTable(text)).toBe(false);
});
