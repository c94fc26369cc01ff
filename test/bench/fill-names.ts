import type { Database } from "../../db/open-database.ts";

const givenNames = ["anna", "bram", "chloe", "daan", "emma", "finn", "guus", "hana", "ivan", "jose", "kim", "liam"];
const surnames = ["jansen", "smit", "garcia", "novak", "rossi", "muller", "silva", "nguyen", "wang", "kowalska"];
const locations = ["NL", "SE", "DE", "PT"];

/** How many surnames the users of `fillNames` share evenly. */
export const surnameCount = surnames.length;

/** The surname that each tenth of these users has, whose numbers can be divided by ten. */
export const commonSurname = surnames[0] ?? "";

/**
 * Puts `count` users of a customer into the directory and, as the background does after a batch, their names where they are
 * searched. They share 40 departments and 4 usage locations.
 */
export async function fillNames(db: Database, customerId: string, domain: string, count: number): Promise<void> {
  await db.sql`
    with made as (
      insert into users (id, customer_id, user_principal_name, display_name, department, usage_location)
      select gen_random_uuid(), ${customerId}::uuid, given || '.' || surname || no || '@' || ${domain}::text,
        initcap(given || ' ' || surname), 'Department ' || no % 40,
        (${locations}::text[])[1 + no % ${locations.length}::int]
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
