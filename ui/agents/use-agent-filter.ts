import { useQuery } from "@tanstack/react-query";
import { environmentToken } from "../../contract/environment-token.ts";
import { callRoute } from "../client/call-route.ts";
import { meQuery } from "../client/me-query.ts";
import type { Choice, Filter } from "../kit/FilterPills.tsx";
import { usePartnerReason } from "../kit/use-authority.ts";
import { agentQuery } from "./agent-queries.ts";

const mostFound = 50;

/**
 * The filter of a list by one agent. Admin agents search among all as they type; others choose themselves, or one of
 * `others` whom the list names anyway.
 */
export function useAgentFilter<Key extends string>(
  key: Key,
  label: string,
  value: string | undefined,
  others: readonly Choice[] = [],
): Filter<Key> {
  const maySearch = usePartnerReason() === null;
  const me = useQuery(meQuery).data;
  const own = me?.id === undefined || me.id === null ? [] : [{ value: me.id, label: me.name }];
  const token = { value: environmentToken.id, label: environmentToken.name };
  const known = [...new Map([...others, ...own, token].map((choice) => [choice.value, choice])).values()];
  const isKnown = value === undefined || known.some((choice) => choice.value === value);
  const agent = useQuery({ ...agentQuery(value ?? ""), enabled: maySearch && !isKnown });
  return {
    key,
    label,
    value,
    word: agent.data?.name,
    choices: known.toSorted((one, other) => one.label.localeCompare(other.label)),
    ...(maySearch && { find: findAgents }),
  };
}

async function findAgents(q: string, signal: AbortSignal): Promise<Choice[]> {
  const { items } = await callRoute("listAgents", { query: { q, limit: mostFound }, signal });
  return items.map(({ id, name }) => ({ value: id, label: name }));
}
