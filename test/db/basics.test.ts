import { afterAll, beforeAll, expect, test } from "vitest";
import { inTransaction } from "../../db/in-transaction.ts";
import { newId } from "../../db/new-id.ts";
import { customers } from "../../db/schema/customers.ts";
import type { FreshDatabase } from "../support/fresh-database.ts";
import { freshDatabase } from "../support/fresh-database.ts";
import { sql } from "../../db/sql-text.ts";

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.drop());

test("a customer written in a transaction reads back alike through every way to the database", async () => {
  const { db } = fresh;
  const id = newId();
  await inTransaction(db.pool, (tx) => tx.rows(sql`insert into customers (id, name) values (${id}, ${"Contoso"})`));
  const [viaOrm] = await db.orm.select().from(customers);
  const [viaSql] = await db.sql`select *, 1::bigint as one from customers where created_at <= ${new Date()}`;
  expect(viaOrm).toMatchObject({ id, name: "Contoso", createdAt: expect.any(Date) });
  expect(viaSql).toMatchObject({ id, name: "Contoso", created_at: viaOrm?.createdAt, one: 1 });
});
