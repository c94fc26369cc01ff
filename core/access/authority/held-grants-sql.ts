/** What makes a piece of SQL of a template: a driver's own tag, or `String.raw` where the values are placeholders. */
type Tag<Value, Piece> = (text: TemplateStringsArray, ...values: Value[]) => Piece;

/** SQL, made by `tag`, for the grants that the agent holds at the moment `now`, alone or in a group. */
export function heldGrantsSql<Value, Piece>(tag: Tag<Value, Piece>, agent: Value, now: Value): Piece {
  return tag`select grants.customer_id, grants.role from grants
    where grants.ends_at > ${now} and (grants.agent_id = ${agent} or grants.group_id in (
      select member.group_id from agent_group_members member where member.agent_id = ${agent}))`;
}
