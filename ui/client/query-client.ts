import { QueryClient } from "@tanstack/react-query";
import { problemOf } from "./request-failed.ts";
import { isPassing, whileAway } from "./while-away.ts";

const mostTries = 2;

/** What the pages have read: kept for as long as a page shows it, read again when a hint says that it moved. */
export const queryClient = new QueryClient({
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
