import { resolve } from "node:path";
import { expect, test } from "vitest";
import { codeFilesThat } from "./support/code-files.ts";

const ROOT = resolve(import.meta.dirname, "..");

test("no file outside core/audit/ writes audit records", async () => {
  expect(await codeFilesThat(ROOT, writesAudit, "core/audit/")).toEqual([]);
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
