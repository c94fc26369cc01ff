import { QueryClient } from "@tanstack/react-query";
import { problemOf } from "./request-failed.ts";

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
    },
    mutations: { retry: false },
  },
});

function isPassing(status: number): boolean {
  return status === 0 || (status >= 502 && status <= 504);
}
