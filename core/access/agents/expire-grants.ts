import { systemActor } from "../../actor.ts";
import { recordsSql } from "../../audit/records-sql.ts";
import type { CoreContext } from "../../context.ts";

/** Takes away the grants that have ended, with an audit record for each, and gives how many; up to 1,000 at a time. */
export async function expireGrants({ db: { sql }, now }: CoreContext): Promise<number> {
  const gone = await sql`
    with ended as (
      delete from grants
      where id in (select id from grants where ends_at <= ${now()} order by id limit 1000 for update skip locked)
      returning id, customer_id, agent_id, group_id, role, ends_at
    )
    ${sql.unsafe(recordSql)} from ended`;
  return gone.count;
}

const recordSql = recordsSql("'expire_grant'", {
  actor: `'${systemActor.id}', '${systemActor.name}'`,
  customer: "customer_id",
  before: `json_build_object('grantId', id, 'agentId', agent_id, 'groupId', group_id, 'role', role, 'endsAt', ends_at)`,
});
