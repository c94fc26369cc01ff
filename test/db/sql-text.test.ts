import { array, assert, integer, letrec, oneof, property, string } from "fast-check";
import { expect, test } from "vitest";
import { sql, type SqlText, type SqlValue } from "../../db/sql-text.ts";

test("values get numbers in their order, and none becomes part of the text", () => {
  const odd = "x'; drop table users; -- $1";
  expect(sql`select ${odd}, ${null} from users where id = any(${[1, 2]}::int[])`.write()).toEqual({
    text: "select $1, $2 from users where id = any($3::int[])",
    values: [odd, null, [1, 2]],
  });
});

test("a piece stands inside another with its values, as often as it is named", () => {
  const young = sql`age < ${9}`;
  const found = sql`select 1 from a where ${young} and name = ${"x"} and not (${young}) order by ${sql.unsafe("no")}`;
  expect(found.write()).toEqual({
    text: "select 1 from a where age < $1 and name = $2 and not (age < $3) order by no",
    values: [9, "x", 9],
  });
  expect(found.write()).toEqual(found.write());
});

test("pieces stand one after another with their values, and none are no text", () => {
  const joined = sql.join([sql`a = ${1}`, sql`b = ${"two"}`, sql`c`], " and ");
  expect(sql`where ${joined} limit ${3}`.write()).toEqual({
    text: "where a = $1 and b = $2 and c limit $3",
    values: [1, "two", 3],
  });
  expect(sql`in (${sql.join([], ", ")})`.write()).toEqual({ text: "in ()", values: [] });
});

test("a piece without values is a text for the other driver, and one with values is refused", () => {
  expect(sql`state in (${sql.unsafe("'ready'")})`.constant()).toBe("state in ('ready')");
  expect(() => sql`state = ${"ready"}`.constant()).toThrow("The piece has values.");
});

test("Postgres is told what it does not guess: dates and truth values", () => {
  const at = new Date(0);
  expect(sql`values (${at}, ${true}, ${7})`.write()).toEqual({
    text: "values ($1::timestamptz, $2::boolean, $3)",
    values: [at, true, 7],
  });
});

test("a value that is undefined is refused, however deep it stands", () => {
  const missing = {} as { name: string };
  expect(() => sql`select ${sql`${missing.name}`}`.write()).toThrow(TypeError);
});

test("however pieces are nested, each number leads to the value that was written there", () => {
  type Tree = { piece: SqlText; values: SqlValue[] };
  const { tree } = letrec<{ tree: Tree; value: Tree; pieces: Tree }>((tie) => ({
    tree: oneof({ depthSize: "small" }, tie("value"), tie("pieces")),
    value: oneof(string(), integer()).map((value) => ({ piece: sql`of ${value}`, values: [value] })),
    pieces: array(tie("tree"), { maxLength: 4 }).map((trees) => ({
      piece: trees.reduce((all, one) => sql`(${all}, ${one.piece})`, sql`none`),
      values: trees.flatMap((one) => one.values),
    })),
  }));
  assert(
    property(tree, ({ piece, values }) => {
      const written = piece.write();
      expect(written.values).toEqual(values);
      expect(written.text.match(/\$\d+/g) ?? []).toEqual(values.map((_, at) => `$${at + 1}`));
    }),
  );
});
