import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { callRoute } from "../client/call-route.ts";
import { queryKeys } from "../client/query-keys.ts";
import { whileAway } from "../client/while-away.ts";

const pageRows = 100;
const movingMs = 2_000;

/** A file for many customers; while batches of it run it is read every 2 s. */
export function bundleQuery(bundleId: string) {
  return queryOptions({
    queryKey: queryKeys.bundle(bundleId),
    queryFn: ({ signal }) => callRoute("getBundle", { params: { bundleId }, signal }),
    refetchInterval: ({ state }) => {
      const { running = 0, scheduled = 0 } = state.data?.states ?? {};
      return running + scheduled > 0 ? movingMs : whileAway(state);
    },
  });
}

/** The rows of a file that went into no batch, page by page. */
export function refusedRowsQuery(bundleId: string) {
  return infiniteQueryOptions({
    queryKey: queryKeys.refusedRows(bundleId),
    queryFn: ({ pageParam, signal }) =>
      callRoute("listRefused", { params: { bundleId }, query: { limit: pageRows, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
}
