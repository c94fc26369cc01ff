import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { callRoute } from "../client/call-route.ts";
import { queryKeys } from "../client/query-keys.ts";

const pageItems = 100;
/** The most that one page of the api holds. */
const mostItems = 500;
const dayMs = 86_400_000;
const soonDays = 30;

/** Agents whose name or address holds `q`. */
export function agentsQuery(q: string) {
  return infiniteQueryOptions({
    queryKey: queryKeys.agents(q),
    queryFn: ({ pageParam, signal }) =>
      callRoute("listAgents", { query: { q, limit: pageItems, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (earlier) => earlier,
  });
}

/** One agent, as Admin agents see them. */
export function agentQuery(agentId: string) {
  return queryOptions({
    queryKey: queryKeys.agent(agentId),
    queryFn: ({ signal }) => callRoute("getAgent", { params: { agentId }, signal }),
  });
}

/** The groups of agents, 500 at most. */
export const groupsQuery = queryOptions({
  queryKey: queryKeys.groups(),
  queryFn: ({ signal }) => callRoute("listGroups", { query: { limit: mostItems }, signal }),
  select: (page) => page.items,
});

/** Whose grants, where and until when; nothing named is all. */
export type GrantListFilter = { agentId?: string; customerId?: string; soon?: boolean };

/** The grants that have not ended; at one customer in the order in which they were made, else those that end next first. */
export function grantsQuery(filter: GrantListFilter) {
  return infiniteQueryOptions({
    queryKey: queryKeys.grants(filter),
    queryFn: ({ pageParam, signal }) => readGrants(filter, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

async function readGrants(
  { agentId, customerId, soon }: GrantListFilter,
  cursor: string | undefined,
  signal: AbortSignal,
) {
  if (customerId !== undefined) {
    return await callRoute("listGrants", { params: { customerId }, query: { limit: pageItems, cursor }, signal });
  }
  const endsBefore = soon === true ? new Date(Date.now() + soonDays * dayMs).toISOString() : undefined;
  return await callRoute("listAllGrants", { query: { limit: pageItems, cursor, agentId, endsBefore }, signal });
}
