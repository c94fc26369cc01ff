import { useQuery } from "@tanstack/react-query";
import type { Batch } from "../../contract/batch.ts";
import { environmentToken } from "../../contract/environment-token.ts";
import { callRoute } from "../client/call-route.ts";
import { meQuery } from "../client/me-query.ts";
import { queryKeys } from "../client/query-keys.ts";

const mostAgents = 200;

/** Who may have made a batch: the agents, for those who may see them, the agent itself, and whoever made one of `shown`. */
export function useBatchMakers(shown: readonly Batch[]): { value: string; label: string }[] {
  const me = useQuery(meQuery).data;
  const agents = useQuery({
    queryKey: queryKeys.batchMakers(),
    queryFn: ({ signal }) => callRoute("listAgents", { query: { limit: mostAgents }, signal }),
    enabled: me?.partnerRole === "adminAgent",
    staleTime: 60_000,
  });
  const names = new Map<string, string>(shown.map(({ createdById, createdBy }) => [createdById, createdBy]));
  for (const { id, name } of agents.data?.items ?? []) names.set(id, name);
  if (me?.id !== undefined && me.id !== null) names.set(me.id, me.name);
  names.set(environmentToken.id, environmentToken.name);
  return [...names]
    .map(([value, label]) => ({ value, label }))
    .toSorted((one, other) => one.label.localeCompare(other.label));
}
