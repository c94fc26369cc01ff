import { expect, it } from "vitest";
import { findUserSql } from "../../core/batches/plan/find-user-sql.ts";
import { newId } from "../../db/new-id.ts";
import { sql } from "../../db/sql-text.ts";
import { freshDatabase } from "../support/fresh-database.ts";

it("finds each user by the name, also in a directory so new that Postgres has not counted it", async () => {
  const fresh = await freshDatabase();
  const { db } = fresh;
  try {
    await db.sql`alter table users set (autovacuum_enabled = off)`;
    const [customer, other] = [newId(), newId()];
    for (const id of [customer, other]) {
      await db.sql`insert into customers (id, name) values (${id}, ${id})`;
      await db.sql`
        insert into users (id, customer_id, user_principal_name, display_name)
        select gen_random_uuid(), ${id}, 'u' || n || '@' || ${id} || '.example', 'U' from generate_series(1, 20000) n`;
    }
    const { text, values } = sql`
      explain (analyze, costs off, timing off, summary off)
      select users.id from (select null::uuid as object_id, 'u' || n || '@' || ${customer} || '.example' as user_principal_name
        from generate_series(1, 20) n) input ${findUserSql("active", customer)}`.write();
    const { rows } = await db.pool.query<{ "QUERY PLAN": string }>(text, values);
    const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
    expect(plan).toContain("users_active_upn");
    expect(plan).toContain("users_deleted_upn");
    expect(plan).not.toMatch(/users_by|users_without|Seq Scan/);
  } finally {
    await fresh.drop();
  }
});
