import type { GdapRole, KeyAuthority, PartnerRole } from "../../../contract/authority.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";
import type { Carrier } from "../../../db/schema/batches.ts";
import { type Authority, type AuthorityHolder, unrestricted } from "./authority.ts";
import { heldGrantsSql } from "./held-grants-sql.ts";
import type { Asks } from "../../sql/asks.ts";

type Loaded = {
  partnerRole: PartnerRole | null;
  key: KeyAuthority | null;
  keyValid: boolean;
  customerName: string | null;
  roles: GdapRole[];
};

/**
 * Reads what the holder may do now, at `customerId` where that is not null: partner role, the GDAP roles of their own and
 * of their groups that have not ended, and what an API key leaves of them. One statement.
 */
export async function loadAuthority(
  { rows }: Asks,
  holder: AuthorityHolder,
  customerId: string | null,
  now: Date,
): Promise<Authority> {
  const [found] = await rows<Loaded>(loadSql(holder, sql`${customerId}::uuid`, now));
  return authorityOf(holder, customerId, found);
}

/** The same at each of several customers, in one statement as well. */
export async function loadAuthorities(
  { rows }: Asks,
  holder: AuthorityHolder,
  customerIds: readonly string[],
  now: Date,
): Promise<Map<string, Authority>> {
  const places = sql`unnest(${customerIds}::uuid[]) place (id)`;
  const found = await rows<Loaded & { customerId: string }>(sql`
    select place.id as "customerId", loaded.* from ${places} left join lateral (${loadSql(holder, sql`place.id`, now)}) loaded on true`);
  return new Map(found.map((loaded) => [loaded.customerId, authorityOf(holder, loaded.customerId, loaded)]));
}

function authorityOf(
  { agentId, keyId }: AuthorityHolder,
  customerId: string | null,
  found: Loaded | undefined,
): Authority {
  const valid = found?.keyValid === true;
  const at =
    customerId === null ? null : { customerId, name: found?.customerName ?? "the customer", roles: found?.roles ?? [] };
  return {
    kind: "agent",
    agentId,
    keyId,
    partnerRole: valid ? found.partnerRole : null,
    key: found?.key ?? null,
    at,
  };
}

/** Reads what they may do now at a customer who have rows carried out there. */
export async function loadCarrier(
  asks: Asks,
  { authority }: Carrier,
  customerId: string,
  now: Date,
): Promise<Authority> {
  return authority === null ? unrestricted : await loadAuthority(asks, authority, customerId, now);
}

const loadSql = ({ agentId, keyId }: AuthorityHolder, customerId: SqlText, now: Date) => sql`
select agents.partner_role as "partnerRole", keys.authority as key,
  ${keyId}::uuid is null or coalesce(keys.expires_at > ${now}, false) as "keyValid",
  (select name from customers where id = ${customerId}) as "customerName",
  coalesce((select json_agg(distinct held.role)
    from (${heldGrantsSql(agentId, now)}) held where held.customer_id = ${customerId}), '[]') as roles
from agents left join api_keys keys on keys.id = ${keyId} and keys.agent_id = agents.id
where agents.id = ${agentId}`;
