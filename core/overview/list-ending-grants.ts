import type { Overview } from "../../contract/overview.ts";
import type { CoreContext } from "../context.ts";

type EndingGrant = Overview["grants"][number];
type GrantRecord = Omit<EndingGrant, "endsAt" | "createdAt"> & { endsAt: Date; createdAt: Date };

const daysAhead = 30;

/** Gives the grants that end within 30 days, the next first: all of them, or those by which the agent `agentId` may act. */
export async function listEndingGrants(
  context: CoreContext,
  agentId: string | null,
  limit: number,
): Promise<EndingGrant[]> {
  const { sql } = context.db;
  const now = context.now();
  const records = await sql<GrantRecord[]>`
    select grants.id, grants.customer_id as "customerId", customers.name as "customerName",
      grants.agent_id as "agentId", grants.group_id as "groupId", coalesce(agents.name, agent_groups.name) as holder,
      grants.role, grants.ends_at as "endsAt", grants.created_at as "createdAt", grants.created_by as "createdBy"
    from grants join customers on customers.id = grants.customer_id
    left join agents on agents.id = grants.agent_id left join agent_groups on agent_groups.id = grants.group_id
    where grants.ends_at > ${now} and grants.ends_at <= ${new Date(now.getTime() + daysAhead * 86_400_000)}
      and (${agentId}::text is null or grants.agent_id::text = ${agentId} or grants.group_id in (
        select member.group_id from agent_group_members member where member.agent_id::text = ${agentId}))
    order by grants.ends_at, grants.id limit ${limit}`;
  return records.map(({ endsAt, createdAt, ...grant }) => ({
    ...grant,
    endsAt: endsAt.toISOString(),
    createdAt: createdAt.toISOString(),
  }));
}
