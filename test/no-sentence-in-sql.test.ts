import { resolve } from "node:path";
import { expect, test } from "vitest";
import { codeFilesThat } from "./support/code-files.ts";

const ROOT = resolve(import.meta.dirname, "..");

test("no statement puts words together: SQL gives what is so, and TypeScript says it", async () => {
  expect(await codeFilesThat(ROOT, joinsWords)).toEqual([]);
});

test.each([
  "set message = 'Row ' || row_no || ': ' || said",
  "set message = text || ' is taken. Give another name.'",
  "select format('Row %s', row_no)",
  "select concat('the limit of ', rolname)",
])("words are seen in %s", (text) => {
  expect(joinsWords(text)).toBe(true);
});

test.each([
  "set message = format($4, row_no)",
  `'"' || left(name, 80) || '"'`,
  "display_name || ' ' || user_principal_name",
  "string_agg(name, ', ' order by name)",
  `',"roles":' || to_json(roles)::text`,
  `',"\${field}":' || to_json(name)::text`,
])("no words are seen in %s", (text) => {
  expect(joinsWords(text)).toBe(false);
});

const jsonKeys = /"(?:\w+|\$\{\w+\})":/g;

function joinsWords(text: string): boolean {
  const joined = text.matchAll(/\|\|\s*'([^'\n]*)|'([^'\n]*)'\s*\|\||\b(?:format|concat)\(\s*'([^'\n]*)/gi);
  return [...joined].some(([, ...texts]) =>
    texts.some((one) => one !== undefined && /[a-z]{2}/i.test(one.replaceAll(jsonKeys, ""))),
  );
}
