import { afterAll, beforeAll, expect, test } from "vitest";
import { inTransaction } from "../../db/in-transaction.ts";
import { sql as piece } from "../../db/sql-text.ts";
import type { FreshDatabase } from "../support/fresh-database.ts";
import { freshDatabase } from "../support/fresh-database.ts";

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
  await fresh.db.sql`create table named (id int primary key, name text)`;
});
afterAll(() => fresh.drop());

test("values of every kind come back as they went, in a transaction too, and none becomes part of the text", async () => {
  const at = new Date("2031-03-30T01:30:00.123Z");
  const odd = `x'; drop table named; -- "$1" \\ {a,b} é`;
  const statement = piece`
    select ${odd}::text as text, ${7}::int as number, 9007199254740991::bigint as big, ${true} as yes, ${at} as at,
      ${Buffer.from([0, 255])}::bytea as bytes, ${[odd, "", "NULL", null]}::text[] as texts, ${[1, 2]}::int[] as numbers,
      ${null}::text as nothing, ${JSON.stringify({ a: [odd] })}::jsonb as json, ${at} - interval '1 day' as earlier`;
  const alone = await fresh.db.sql`${statement}`;
  const inOne = await inTransaction(fresh.db.pool, (tx) => tx.rows(statement));
  expect(inOne).toEqual([...alone]);
  expect(alone[0]).toEqual({
    text: odd,
    number: 7,
    big: 9007199254740991,
    yes: true,
    at,
    bytes: Buffer.from([0, 255]),
    texts: [odd, "", "NULL", null],
    numbers: [1, 2],
    nothing: null,
    json: { a: [odd] },
    earlier: new Date(at.getTime() - 86_400_000),
  });
});

test("a statement stands inside another with its values, and does not run by itself", async () => {
  const { sql } = fresh.db;
  await sql`insert into named values ${sql`(${1}, ${"one"})`}, ${sql`(${2}, ${"two"})`}`;
  const never = sql`delete from named`;
  const among = (names: string[]) => (names.length === 0 ? sql`` : sql`and name = any(${names})`);
  const found = (names: string[]) =>
    sql`select id from named where id > ${0} ${among(names)} and id < ${9} order by ${sql.unsafe("id")}`;
  expect(await found([])).toEqual([{ id: 1 }, { id: 2 }]);
  expect(await found(["two"])).toEqual([{ id: 2 }]);
  expect((await never).count).toBe(2);
  expect(await never).toEqual([]);
});

test("a statement runs once, however many wait for it", async () => {
  const { sql } = fresh.db;
  const once = sql`insert into named values (3, 'three') returning id`;
  expect(await Promise.all([once, once, once.execute()])).toEqual([[{ id: 3 }], [{ id: 3 }], [{ id: 3 }]]);
});

test("a value that is undefined is refused before it is sent", async () => {
  const missing = {} as { name: string };
  await expect(fresh.db.sql`insert into named values (4, ${missing.name})`.execute()).rejects.toThrow(TypeError);
  expect(await fresh.db.sql`select from named where id = 4`).toHaveLength(0);
});
