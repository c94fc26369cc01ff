import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { callRoute } from "../client/call-route.ts";
import { queryKeys } from "../client/query-keys.ts";

/** The agent's own sign-ins. */
export const sessionsQuery = queryOptions({
  queryKey: queryKeys.sessions(),
  queryFn: ({ signal }) => callRoute("listSessions", { signal }),
  select: (page) => page.items,
});

/** The agent's own API keys. */
export const ownKeysQuery = queryOptions({
  queryKey: queryKeys.apiKeys("own"),
  queryFn: ({ signal }) => callRoute("listApiKeys", { signal }),
  select: (page) => page.items,
});

/** The API keys of one agent, for Admin agents. */
export function agentKeysQuery(agentId: string) {
  return queryOptions({
    queryKey: queryKeys.apiKeys(agentId),
    queryFn: ({ signal }) => callRoute("listAgentApiKeys", { params: { agentId }, signal }),
    select: (page) => page.items,
  });
}

/** The API keys of all agents, for Admin agents. */
export const allKeysQuery = infiniteQueryOptions({
  queryKey: queryKeys.apiKeys("all"),
  queryFn: ({ pageParam, signal }) => callRoute("listAllApiKeys", { query: { cursor: pageParam }, signal }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next ?? undefined,
});
