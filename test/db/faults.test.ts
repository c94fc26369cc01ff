import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { asFault, DatabaseFault, TransientFault } from "../../db/faults.ts";
import { customers } from "../../db/schema/customers.ts";
import type { FreshDatabase } from "../support/fresh-database.ts";
import { freshDatabase } from "../support/fresh-database.ts";

const NAME = "planted.person@contoso.example";

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.drop());

test("the errors of every way to the database become faults that hold no name", async () => {
  const { db } = fresh;
  const causes = [
    () => db.sql`select ${NAME}::int`,
    () => db.orm.execute(sql`select ${NAME}::int`),
    () => db.pool.query("select $1::int", [NAME]),
    () => db.orm.insert(customers).values({ id: NAME, name: NAME }),
  ];
  for (const cause of causes) {
    const error = await failureOf(cause);
    expect(everythingIn(error)).toContain(NAME);
    const fault = asFault(error);
    expect(fault).toMatchObject({ name: "DatabaseFault", sqlstate: "22P02", constraint: null, message: "22P02" });
    expect(everythingIn(fault)).not.toContain(NAME);
  }
});

test("a broken rule keeps its name through every way to the database", async () => {
  const { db } = fresh;
  await db.sql`create table named (name text constraint named_once unique)`;
  await db.sql`insert into named values (${NAME})`;
  const causes = [
    () => db.sql`insert into named values (${NAME})`,
    () => db.orm.execute(sql`insert into named values (${NAME})`),
    () => db.pool.query("insert into named values ($1)", [NAME]),
  ];
  for (const cause of causes) {
    const fault = asFault(await failureOf(cause));
    expect(fault).toMatchObject({ name: "DatabaseFault", sqlstate: "23505", constraint: "named_once" });
  }
});

test("a statement cut off by its time-out may succeed later", async () => {
  const error = await failureOf(async () => {
    await fresh.db.pool.query("set statement_timeout = '10ms'; select pg_sleep(5)");
  });
  expect(asFault(error)).toMatchObject({ name: "TransientFault", sqlstate: "57014" });
});

test("a fault is left as it is, and so is an error that no database made", () => {
  const transient = new TransientFault("40P01");
  const final = new DatabaseFault("23505", "users_active_upn");
  const other = new TypeError("x is not a function");
  expect(asFault(transient)).toBe(transient);
  expect(asFault(final)).toBe(final);
  expect(asFault(other)).toBe(other);
  expect(asFault("thrown")).toBeInstanceOf(Error);
});

async function failureOf(cause: () => Promise<unknown>): Promise<unknown> {
  try {
    await cause();
  } catch (error) {
    return error;
  }
  throw new Error("it did not fail");
}

function everythingIn(error: unknown): string {
  if (!(error instanceof Error)) return JSON.stringify(error);
  const own = Object.fromEntries(Object.getOwnPropertyNames(error).map((name) => [name, error[name as keyof Error]]));
  return JSON.stringify({ ...own, cause: null }) + everythingIn(error.cause ?? null);
}
