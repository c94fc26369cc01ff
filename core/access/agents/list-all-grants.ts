import type { PlacedGrant } from "../../../contract/authority.ts";
import type { Page, PageQuery } from "../../../contract/paging.ts";
import type { CoreContext } from "../../context.ts";
import { cutPage, unpackCursor } from "../../paging.ts";

type GrantRecord = Omit<PlacedGrant, "endsAt" | "createdAt"> & { endsAt: Date; createdAt: Date; exactEnd: string };

export type GrantFilter = {
  /** Grants by which this agent may act, alone or in a group. */
  agentId?: string | undefined;
  groupId?: string | undefined;
  endsBefore?: string | undefined;
};

/** Gives a page of the grants at all customers that have not ended, those that end next first. */
export async function listAllGrants(
  context: CoreContext,
  { limit, cursor, count, ...filter }: PageQuery & GrantFilter,
): Promise<Page<PlacedGrant>> {
  const { sql } = context.db;
  const place = unpackCursor(cursor, ["time", "id"]);
  const { agentId, groupId, endsBefore } = filter;
  const where = sql`grants.ends_at > ${context.now()}
    ${endsBefore === undefined ? sql`` : sql`and grants.ends_at < ${new Date(endsBefore)}`}
    ${groupId === undefined ? sql`` : sql`and grants.group_id = ${groupId}`}
    ${
      agentId === undefined
        ? sql``
        : sql`and (grants.agent_id = ${agentId} or grants.group_id in (
            select member.group_id from agent_group_members member where member.agent_id = ${agentId}))`
    }`;
  const behind =
    place === null
      ? sql``
      : sql`and (grants.ends_at, grants.id) > (${place[0] ?? ""}::text::timestamptz, ${place[1] ?? ""}::uuid)`;
  const records = await sql<GrantRecord[]>`
    select grants.id, grants.customer_id as "customerId", customers.name as "customerName",
      grants.agent_id as "agentId", grants.group_id as "groupId", coalesce(agents.name, agent_groups.name) as holder,
      grants.role, grants.ends_at as "endsAt", grants.ends_at::text as "exactEnd", grants.created_at as "createdAt",
      grants.created_by as "createdBy"
    from grants join customers on customers.id = grants.customer_id
    left join agents on agents.id = grants.agent_id left join agent_groups on agent_groups.id = grants.group_id
    where ${where} ${behind} order by grants.ends_at, grants.id limit ${limit + 1}`;
  const page = cutPage(records, limit, (last) => [last.exactEnd, last.id]);
  const items = page.items.map(({ endsAt, createdAt, exactEnd: _exact, ...grant }) => ({
    ...grant,
    endsAt: endsAt.toISOString(),
    createdAt: createdAt.toISOString(),
  }));
  if (!count) return { ...page, items };
  const [counted] = await sql<{ total: number }[]>`select count(*)::int as total from grants where ${where}`;
  return { ...page, items, total: counted?.total ?? 0 };
}
