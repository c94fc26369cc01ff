import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { codeFiles } from "./support/code-files.ts";

const ROOT = resolve(import.meta.dirname, "..");

test("no file outside core/audit/ writes audit records", async () => {
  const files = (await codeFiles(ROOT)).filter((file) => !file.startsWith("core/audit/"));
  const texts = await Promise.all(files.map((file) => readFile(join(ROOT, file), "utf8")));
  expect(files.filter((_, at) => writesAudit(texts[at] ?? ""))).toEqual([]);
});

test.each([
  "`insert into audit (operation) values ('x')`",
  '`INSERT INTO\n  "public"."audit" select 1`',
  "`copy audit from stdin`",
  "`merge into audit using x on false`",
  "orm.insert(audit).values({})",
])("a write of audit records is seen in %s", (text) => {
  expect(writesAudit(text)).toBe(true);
});

test.each(["`select id from audit`", "`insert into audits values (1)`", "recordsSql(\"'x'\", {})"])(
  "no write of audit records is seen in %s",
  (text) => {
    expect(writesAudit(text)).toBe(false);
  },
);

function writesAudit(text: string): boolean {
  return /\b(?:into|copy)\s+(?:"?public"?\.)?"?audit\b|\.insert\(\s*audit\s*\)/i.test(text);
}
