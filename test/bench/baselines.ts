import { randomBytes } from "node:crypto";
import { inTransaction } from "../../db/in-transaction.ts";
import { newId } from "../../db/new-id.ts";
import type { Database } from "../../db/open-database.ts";
import { copyColumns, peopleCopy } from "./sample-people.ts";

/** Milliseconds that a plain COPY of `count` people into `users` takes, the indexes of the table included. */
export async function copyMs(db: Database, count: number): Promise<number> {
  const customerId = newId();
  const domain = `c${randomBytes(6).toString("hex")}.example`;
  await db.sql`insert into customers (id, name) values (${customerId}, 'COPY')`;
  // Made before the clock starts: what is measured is Postgres, not the making of people.
  const lines = Buffer.concat([...peopleCopy(customerId, domain, count, newId)]);
  const started = performance.now();
  await inTransaction(db.pool, (tx) => tx.copyIn(`copy users (${copyColumns}) from stdin`, lines));
  const ms = performance.now() - started;
  await db.sql`delete from users where customer_id = ${customerId}`;
  await db.sql`vacuum analyze users`;
  return ms;
}

/** Fills the directory with `count` users of one more customer. */
export async function fillDirectory(db: Database, count: number): Promise<void> {
  const customerId = newId();
  await db.sql`insert into customers (id, name) values (${customerId}, 'A large directory')`;
  await db.sql`
    insert into users (id, customer_id, user_principal_name, display_name, given_name, surname, department, usage_location)
    select gen_random_uuid(), ${customerId}::uuid, 'filler.' || no || '@filler.example', 'Filler ' || no, 'Filler',
      no::text, 'Department ' || no % 40, 'NL'
    from generate_series(1, ${count}::int) no`;
  await db.sql`vacuum analyze users`;
}
