import type { UserFacets } from "../../../contract/user-filter.ts";
import type { CoreContext } from "../../context.ts";

type Facet = { kind: "department" | "usageLocation"; value: string | null; users: number };

const valuesAtMost = 500;

/** Gives the values by which the customer's users can be filtered, the commonest first, at most 500 of each kind. */
export async function readFacets(
  context: CoreContext,
  customerId: string,
  state: "active" | "inactive",
): Promise<UserFacets> {
  const { sql } = context.db;
  const facets = await sql<Facet[]>`
    select * from (
      select *, row_number() over (partition by kind order by users desc, value) as place from (
        select case when grouping(department) = 0 then 'department' else 'usageLocation' end as kind,
          coalesce(department, usage_location) as value, count(*)::int as users
        from users
        where customer_id = ${customerId} and deleted_at is ${sql.unsafe(state === "active" ? "null" : "not null")}
        group by grouping sets ((department), (usage_location))
      ) counted
    ) ranked where place <= ${valuesAtMost} order by place`;
  const of = (kind: Facet["kind"]) =>
    facets.filter((facet) => facet.kind === kind).map(({ value, users }) => ({ value, users }));
  return { departments: of("department"), usageLocations: of("usageLocation") };
}
