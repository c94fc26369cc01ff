import type { GdapRole, KeyAuthority, PartnerRole } from "../../../contract/authority.ts";
import type { Authority, AuthorityHolder } from "./authority.ts";
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
  { agentId, keyId }: AuthorityHolder,
  customerId: string | null,
  now: Date,
): Promise<Authority> {
  const [found] = await rows<Loaded>(loadSql, [agentId, keyId, customerId, now]);
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

const loadSql = `
select agents.partner_role as "partnerRole", keys.authority as key,
  $2::uuid is null or coalesce(keys.expires_at > $4, false) as "keyValid",
  (select name from customers where id = $3) as "customerName",
  coalesce((select json_agg(distinct held.role)
    from (${heldGrantsSql(String.raw, "$1", "$4")}) held where held.customer_id = $3), '[]') as roles
from agents left join api_keys keys on keys.id = $2 and keys.agent_id = agents.id
where agents.id = $1`;
