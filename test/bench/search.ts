import { newId } from "../../db/new-id.ts";
import type { Database } from "../../db/open-database.ts";
import { medianMs } from "./median.ts";
import type { Served } from "./served.ts";

const tries = 30;
const givenNames = ["anna", "bram", "chloe", "daan", "emma", "finn", "guus", "hana", "ivan", "jose", "kim", "liam"];
const surnames = ["jansen", "smit", "garcia", "novak", "rossi", "muller", "silva", "nguyen", "wang", "kowalska"];

/** Median milliseconds of a search by the API among `count` users: for one of them, and for what a tenth of them share. */
export async function searchMs(served: Served, db: Database, count: number): Promise<{ one: number; many: number }> {
  await fillNames(db, count);
  const someTenth = () => Math.ceil((Math.random() * count) / surnames.length);
  const one = await medianMs(tries, () => served.ask(`/search?q=${surnames[0]}${someTenth() * surnames.length}`));
  const many = await medianMs(tries, () => served.ask(`/search?q=${surnames[0]}`));
  return { one, many };
}

/** Puts `count` users into the directory and, as the background does after a batch, their names where they are searched. */
async function fillNames(db: Database, count: number): Promise<void> {
  const customerId = newId();
  await db.sql`insert into customers (id, name) values (${customerId}, 'A large directory')`;
  await db.sql`
    with made as (
      insert into users (id, customer_id, user_principal_name, display_name, usage_location)
      select gen_random_uuid(), ${customerId}::uuid, given || '.' || surname || no || '@filler.example',
        initcap(given || ' ' || surname), 'NL'
      from generate_series(1, ${count}::int) no
      cross join lateral (select
        (${givenNames}::text[])[1 + no % ${givenNames.length}::int] as given,
        (${surnames}::text[])[1 + no % ${surnames.length}::int] as surname) named
      returning id, customer_id, user_principal_name, display_name
    )
    insert into user_names (user_id, customer_id, names)
    select id, customer_id, ' ' || user_principal_name || ' ' || lower(display_name) from made`;
  await db.sql`vacuum analyze users`;
  await db.sql`vacuum analyze user_names`;
}
