import { sql, type SqlText } from "../../../db/sql-text.ts";

/** SQL for the grants that the agent holds at the moment `now`, alone or in a group. */
export function heldGrantsSql(agentId: string, now: Date): SqlText {
  return sql`select grants.customer_id, grants.role from grants
    where grants.ends_at > ${now} and (grants.agent_id = ${agentId} or grants.group_id in (
      select member.group_id from agent_group_members member where member.agent_id = ${agentId}))`;
}
