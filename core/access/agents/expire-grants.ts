import { sql } from "../../../db/sql-text.ts";
import { systemActor } from "../../actor.ts";
import { recordsSql } from "../../audit/records-sql.ts";
import type { CoreContext } from "../../context.ts";
import { asksOf } from "../../sql/asks.ts";

/** Takes away the grants that have ended, with an audit record for each, and gives how many; up to 1,000 at a time. */
export async function expireGrants({ db, now }: CoreContext): Promise<number> {
  const gone = await asksOf(db.pool).rows(sql`
    with ended as (
      delete from grants
      where id in (select id from grants where ends_at <= ${now()} order by id limit 1000 for update skip locked)
      returning id, customer_id, agent_id, group_id, role, ends_at
    )
    ${recordsSql("expire_grant", {
      actor: systemActor,
      customer: sql`customer_id`,
      before: sql`json_build_object('grantId', id, 'agentId', agent_id, 'groupId', group_id, 'role', role, 'endsAt', ends_at)`,
    })} from ended returning id`);
  return gone.length;
}
