import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { callRoute } from "../client/call-route.ts";
import { queryKeys } from "../client/query-keys.ts";

/** The fewest letters that a search takes. */
export const fewestLetters = 2;
const mostHits = 50;

/** What is known of the person that `q` names. */
export function peopleQuery(q: string) {
  return queryOptions({
    queryKey: queryKeys.people(q),
    queryFn: ({ signal }) => callRoute("search", { query: { q, limit: mostHits }, signal }),
    enabled: q.length >= fewestLetters,
    placeholderData: keepPreviousData,
  });
}
