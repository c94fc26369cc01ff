import { MutationCache, QueryClient } from "@tanstack/react-query";
import { problemOf } from "./request-failed.ts";
import { queryKeys } from "./query-keys.ts";
import { isPassing, whileAway } from "./while-away.ts";

const mostTries = 2;
/** The answers to who lacks a role, and to who may not even see the customer. */
const refusals: ReadonlySet<number> = new Set([403, 404]);

/** What the pages have read: kept for as long as a page shows it, read again when a hint says that it moved. */
export const queryClient: QueryClient = new QueryClient({
  mutationCache: new MutationCache({
    // The agent's role or grant may just have ended: what else is refused now is greyed.
    onError: (error) => {
      if (refusals.has(problemOf(error).status))
        void queryClient.invalidateQueries({ queryKey: queryKeys.authority() });
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      refetchOnWindowFocus: true,
      // Only what may pass by itself is tried again.
      retry: (tries, error) => tries < mostTries && isPassing(problemOf(error).status),
      retryDelay: (tries) => 400 * 2 ** tries,
      // A page that could not be read comes by itself once the server is back.
      refetchInterval: ({ state }) => whileAway(state),
    },
    mutations: { retry: false },
  },
});
