import type { UserFilter } from "../../../contract/user-filter.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";
import type { Asks } from "../../sql/asks.ts";
import { findByName } from "./find-by-name.ts";
import { foldedSql } from "./folded-sql.ts";

/** Users of a customer: all of a state that a filter finds. */
export type UserChoice = { customerId: string; state: "active" | "inactive"; filter: UserFilter };

/** A part of a filter: what some of its words mean, and SQL for the values that are none of these. */
type Choice = { words: Record<string, SqlText>; among: (values: string[]) => SqlText };

const department = foldedSql(sql`users.department`);
const licensed = sql`exists (select from license_assignments held where held.user_id = users.id)`;
const privileged = sql`exists (select from role_assignments held where held.user_id = users.id)`;

/** SQL for the users, of `users`, who match. */
export async function matchFilter(asks: Asks, choice: UserChoice): Promise<SqlText> {
  const { all, narrowed } = await filterConditions(asks, choice);
  return sql.join([all, ...narrowed], " and ");
}

/**
 * SQL for the users of the state, of `users`, and for each thing that narrows them: a list shows and a selection takes the
 * very same. `perhapsMany`: their names do not tell that they are few.
 */
export async function filterConditions(
  asks: Asks,
  { customerId, state, filter }: UserChoice,
): Promise<{ all: SqlText; narrowed: SqlText[]; perhapsMany: boolean }> {
  const skuIds = filter.license === undefined ? [] : await findProducts(asks, customerId, filter.license);
  const named = await findByName(asks, customerId, filter.q ?? "");
  const ofCustomer = sql`users.customer_id = ${customerId}`;
  // Written so that no index on the customer serves: whose ids are known are looked up by these.
  const all = sql`${named?.few === true ? sql`(${ofCustomer}) is true` : ofCustomer}
    and users.deleted_at is ${state === "active" ? sql`null` : sql`not null`}`;
  const narrowed = [
    named?.where ?? null,
    oneOf(filter.department, {
      words: { none: sql`${department} = ''` },
      among: (names) => sql`${department} in (${list(names.map((name) => foldedSql(sql`${name}::text`)))})`,
    }),
    oneOf(filter.usageLocation, {
      words: { none: sql`users.usage_location is null` },
      among: (codes) => sql`users.usage_location in (${list(codes.map((code) => sql`${code.toUpperCase()}`))})`,
    }),
    oneOf(filter.license, {
      words: { any: licensed, none: sql`not ${licensed}` },
      among: () =>
        skuIds.length === 0
          ? sql`false`
          : sql`exists (select from license_assignments held
              where held.user_id = users.id and held.sku_id in (${list(skuIds.map((skuId) => sql`${skuId}`))}))`,
    }),
    oneOf(filter.permission, {
      words: { any: privileged, user: sql`not ${privileged}` },
      among: (roles) => sql`exists (select from role_assignments held
        where held.user_id = users.id and held.role in (${list(roles.map((role) => sql`${role}`))}))`,
    }),
    filter.accountEnabled === undefined ? null : sql`users.account_enabled = ${filter.accountEnabled}`,
  ];
  return { all, narrowed: narrowed.filter((condition) => condition !== null), perhapsMany: named?.few === false };
}

/** SQL for one of the values that are asked for; null where none is. */
function oneOf(asked: string[] | undefined, { words, among }: Choice): SqlText | null {
  if (asked === undefined) return null;
  const given = asked.map((value) => value.trim());
  const meant = Object.entries(words).filter(([word]) => given.some((value) => value.toLowerCase() === word));
  const others = given.filter((value) => !Object.hasOwn(words, value.toLowerCase()));
  const parts = [...meant.map(([, condition]) => condition), ...(others.length === 0 ? [] : [among(others)])];
  return sql`(${sql.join(parts, " or ")})`;
}

function list(pieces: readonly SqlText[]): SqlText {
  return sql.join(pieces, ", ");
}

/** The products by their ids, of which alone Postgres knows how many users have them. */
async function findProducts(asks: Asks, customerId: string, asked: string[]): Promise<string[]> {
  const names = asked.map((value) => value.trim().toLowerCase());
  const found = await asks.rows<{ id: string }>(sql`
    select sku_id as id from products
    where customer_id = ${customerId} and (lower(sku_part_number) = any(${names}) or sku_id::text = any(${names}))`);
  return found.map(({ id }) => id);
}
