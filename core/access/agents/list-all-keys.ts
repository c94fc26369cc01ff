import type { HeldApiKey } from "../../../contract/authority.ts";
import type { Page, PageQuery } from "../../../contract/paging.ts";
import type { CoreContext } from "../../context.ts";
import { cutPage, unpackCursor } from "../../paging.ts";

type Times = "createdAt" | "lastUsedAt" | "expiresAt";
type KeyRecord = Omit<HeldApiKey, Times> & {
  createdAt: Date;
  lastUsedAt: Date | null;
  expiresAt: Date;
  exactEnd: string;
};

/** Gives a page of the API keys of all agents, those that have run out or end next first. */
export async function listAllKeys(
  { db: { sql } }: CoreContext,
  { limit, cursor, count }: PageQuery,
): Promise<Page<HeldApiKey>> {
  const place = unpackCursor(cursor, ["time", "id"]);
  const behind =
    place === null
      ? sql`true`
      : sql`(keys.expires_at, keys.id) > (${place[0] ?? ""}::text::timestamptz, ${place[1] ?? ""}::uuid)`;
  const records = await sql<KeyRecord[]>`
    select keys.id, keys.name, keys.start, keys.created_at as "createdAt", keys.last_used_at as "lastUsedAt",
      keys.expires_at as "expiresAt", keys.expires_at::text as "exactEnd", keys.authority,
      agents.id as "agentId", agents.name as "agentName"
    from api_keys keys join agents on agents.id = keys.agent_id
    where ${behind} order by keys.expires_at, keys.id limit ${limit + 1}`;
  const page = cutPage(records, limit, (last) => [last.exactEnd, last.id]);
  const items = page.items.map(({ createdAt, lastUsedAt, expiresAt, exactEnd: _exact, ...key }) => ({
    ...key,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    expiresAt: expiresAt.toISOString(),
  }));
  if (!count) return { ...page, items };
  const [counted] = await sql<{ total: number }[]>`select count(*)::int as total from api_keys`;
  return { ...page, items, total: counted?.total ?? 0 };
}
