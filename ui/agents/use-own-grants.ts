import { useQuery } from "@tanstack/react-query";
import type { Grant } from "../../contract/authority.ts";
import { meQuery } from "../client/me-query.ts";
import { groupsQuery } from "./agent-queries.ts";

/** Tells whether the agent would hold what a grant gives, alone or in a group: nobody raises their own authority. */
export function useOwnGrants(): (grant: Pick<Grant, "agentId" | "groupId">) => boolean {
  const me = useQuery(meQuery);
  const groups = useQuery(groupsQuery);
  const ownId = me.data?.id ?? "";
  return ({ agentId, groupId }) =>
    agentId === ownId || (groups.data ?? []).some(({ id, agentIds }) => id === groupId && agentIds.includes(ownId));
}
