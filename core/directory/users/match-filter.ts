import type { UserFilter } from "../../../contract/user-filter.ts";
import type { Asks } from "../../sql/asks.ts";
import { findByName } from "./find-by-name.ts";
import { foldedSql } from "./folded-sql.ts";

/** Users of a customer: all of a state that a filter finds. */
export type UserChoice = { customerId: string; state: "active" | "inactive"; filter: UserFilter };

/** A part of a filter: what some of its words mean, and SQL for the values that are none of these. */
type Choice = { words: Record<string, string>; among: (values: string[]) => string };

const department = foldedSql("users.department");
const licensed = "exists (select from license_assignments held where held.user_id = users.id)";
const privileged = "exists (select from role_assignments held where held.user_id = users.id)";

/** SQL for the users, of `users`, who match. Each value that it compares with is pushed onto `values`. */
export async function matchFilter(asks: Asks, choice: UserChoice, values: unknown[]): Promise<string> {
  const { all, narrowed } = await filterConditions(asks, choice, values);
  return [all, ...narrowed].join(" and ");
}

/**
 * SQL for the users of the state, of `users`, and for each thing that narrows them: a list shows and a selection takes the
 * very same. Each value that it compares with is pushed onto `values`.
 */
export async function filterConditions(
  asks: Asks,
  { customerId, state, filter }: UserChoice,
  values: unknown[],
): Promise<{ all: string; narrowed: string[] }> {
  const bind = (value: unknown) => `$${values.push(value)}`;
  const list = (some: string[], sql: (place: string) => string = String) =>
    some.map((one) => sql(bind(one))).join(", ");
  const skuIds = filter.license === undefined ? [] : await findProducts(asks, customerId, filter.license);
  const all = `users.customer_id = ${bind(customerId)} and users.deleted_at is ${state === "active" ? "null" : "not null"}`;
  const narrowed = [
    await findByName(asks, customerId, filter.q ?? "", bind),
    oneOf(filter.department, {
      words: { none: `${department} = ''` },
      among: (names) => `${department} in (${list(names, (place) => foldedSql(`${place}::text`))})`,
    }),
    oneOf(filter.usageLocation, {
      words: { none: "users.usage_location is null" },
      among: (codes) => `users.usage_location in (${list(codes.map((code) => code.toUpperCase()))})`,
    }),
    oneOf(filter.license, {
      words: { any: licensed, none: `not ${licensed}` },
      among: () => (skuIds.length === 0 ? "false" : holds("license_assignments", `sku_id in (${list(skuIds)})`)),
    }),
    oneOf(filter.permission, {
      words: { any: privileged, user: `not ${privileged}` },
      among: (roles) => holds("role_assignments", `role in (${list(roles)})`),
    }),
    filter.accountEnabled === undefined ? null : `users.account_enabled = ${bind(filter.accountEnabled)}`,
  ];
  return { all, narrowed: narrowed.filter((condition) => condition !== null) };
}

/** SQL for one of the values that are asked for; null where none is. */
function oneOf(asked: string[] | undefined, { words, among }: Choice): string | null {
  if (asked === undefined) return null;
  const given = asked.map((value) => value.trim());
  const meant = Object.keys(words).filter((word) => given.some((value) => value.toLowerCase() === word));
  const others = given.filter((value) => !Object.hasOwn(words, value.toLowerCase()));
  return `(${[...meant.map((word) => words[word]), ...(others.length === 0 ? [] : [among(others)])].join(" or ")})`;
}

function holds(table: string, which: string): string {
  return `exists (select from ${table} held where held.user_id = users.id and held.${which})`;
}

/** The products by their ids, of which alone Postgres knows how many users have them. */
async function findProducts(asks: Asks, customerId: string, asked: string[]): Promise<string[]> {
  const found = await asks.rows<{ id: string }>(
    `select sku_id as id from products
     where customer_id = $1 and (lower(sku_part_number) = any($2) or sku_id::text = any($2))`,
    [customerId, asked.map((value) => value.trim().toLowerCase())],
  );
  return found.map(({ id }) => id);
}
