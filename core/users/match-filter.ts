import type { UserFilter } from "../../contract/user-filter.ts";

const noLicense = `not exists (select from license_assignments held where held.user_id = users.id)`;

const withLicense = `exists (
  select from license_assignments held
  join products on products.customer_id = held.customer_id and products.sku_id = held.sku_id
  where held.user_id = users.id and (lower(products.sku_part_number) = lower(?) or held.sku_id::text = lower(?)))`;

const noRole = "not exists (select from role_assignments held where held.user_id = users.id)";
const withRole = "exists (select from role_assignments held where held.user_id = users.id and held.role = ?)";

/**
 * SQL for the users of a customer, of `users`, who match: a list shows and a selection takes the very same. Each value that
 * it compares with is pushed onto `values`.
 */
export function matchFilter(
  customerId: string,
  state: "active" | "inactive",
  filter: UserFilter,
  values: unknown[],
): string {
  const { department, usageLocation, license, permission, accountEnabled } = filter;
  const q = filter.q?.trim().toLowerCase();
  const parts: [condition: string, value: unknown][] = [
    ["users.customer_id = ?", customerId],
    [
      "(position(? in lower(users.display_name)) > 0 or position(? in lower(users.user_principal_name)) > 0)",
      q === "" ? undefined : q,
    ],
    ["lower(users.department) = lower(?)", department?.trim()],
    ["users.usage_location = upper(?)", usageLocation?.trim()],
    [license?.toLowerCase() === "none" ? noLicense : withLicense, license?.trim()],
    [permission === "user" ? noRole : withRole, permission],
    ["users.account_enabled = ?", accountEnabled],
  ];
  const asked = parts.filter(([, value]) => value !== undefined);
  const conditions = asked.map(([condition, value]) => {
    if (!condition.includes("?")) return condition;
    return condition.replaceAll("?", `$${values.push(value)}`);
  });
  return [`users.deleted_at is ${state === "active" ? "null" : "not null"}`, ...conditions].join(" and ");
}
