import type { Agent } from "../../../contract/authority.ts";
import type { Page, PageQuery } from "../../../contract/paging.ts";
import type { CoreContext } from "../../context.ts";
import { cutPage, unpackCursor } from "../../paging.ts";

type AgentRecord = Omit<Agent, "createdAt"> & { createdAt: Date };

/** Gives a page of agents in the order in which they were made. `q` is a part of the name or the address. */
export async function listAgents(
  { db: { sql } }: CoreContext,
  filter: PageQuery & { q?: string | undefined },
): Promise<Page<Agent>> {
  const [after = null] = unpackCursor(filter.cursor, ["id"]) ?? [];
  const where =
    filter.q === undefined || filter.q === ""
      ? sql`true`
      : sql`(position(lower(${filter.q}) in lower(name)) > 0 or position(lower(${filter.q}) in lower(email)) > 0)`;
  const records = await sql<AgentRecord[]>`${selectAgents(sql)}
    where ${where} ${after === null ? sql`` : sql`and id > ${after}::uuid`} order by id limit ${filter.limit + 1}`;
  const page = cutPage(records, filter.limit, (last) => [last.id]);
  const items = page.items.map(agentView);
  if (!filter.count) return { ...page, items };
  const [counted] = await sql<{ total: number }[]>`select count(*)::int as total from agents where ${where}`;
  return { ...page, items, total: counted?.total ?? 0 };
}

/** Gives an agent, or null where there is none. */
export async function getAgent({ db: { sql } }: CoreContext, agentId: string): Promise<Agent | null> {
  const [record] = await sql<AgentRecord[]>`${selectAgents(sql)} where id = ${agentId}`;
  return record === undefined ? null : agentView(record);
}

function selectAgents(sql: CoreContext["db"]["sql"]) {
  return sql`select id, name, email, partner_role as "partnerRole", two_factor_enabled as "twoFactorEnabled",
    created_at as "createdAt" from agents`;
}

function agentView(record: AgentRecord): Agent {
  return { ...record, createdAt: record.createdAt.toISOString() };
}
