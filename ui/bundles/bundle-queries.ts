import { infiniteQueryOptions, queryOptions, type QueryClient } from "@tanstack/react-query";
import type { Bundle } from "../../contract/bundle.ts";
import { callRoute } from "../client/call-route.ts";
import { queryKeys } from "../client/query-keys.ts";
import { whileAway } from "../client/while-away.ts";

const pageRows = 100;
const movingMs = 2_000;

/** Files for many customers, the latest first; while batches of one that is shown run they are read every 2 s. */
export function bundlesQuery(q: string) {
  return infiniteQueryOptions({
    queryKey: queryKeys.bundles(q),
    queryFn: ({ pageParam, signal }) =>
      callRoute("listBundles", { query: { q, limit: pageRows, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (earlier) => earlier,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some(isMoving)) === true ? movingMs : whileAway(state),
  });
}

/** A file for many customers; while batches of it run it is read every 2 s. */
export function bundleQuery(bundleId: string) {
  return queryOptions({
    queryKey: queryKeys.bundle(bundleId),
    queryFn: ({ signal }) => callRoute("getBundle", { params: { bundleId }, signal }),
    refetchInterval: ({ state }) => (state.data !== undefined && isMoving(state.data) ? movingMs : whileAway(state)),
  });
}

/** The batches of a file that await approval; read anew when there are more or fewer of them. */
export function questionsQuery({ id: bundleId, states: { awaiting_approval = 0 } }: Pick<Bundle, "id" | "states">) {
  return queryOptions({
    queryKey: queryKeys.questions(bundleId, awaiting_approval),
    queryFn: ({ signal }) => callRoute("listQuestions", { params: { bundleId }, signal }),
    select: (page) => page.items,
    placeholderData: (earlier) => earlier,
  });
}

/** Shows a file as it has just become, and reads again what the pages show of its batches. */
export async function showBundle(client: QueryClient, changed: Bundle): Promise<void> {
  client.setQueryData(queryKeys.bundle(changed.id), changed);
  await Promise.all(
    [queryKeys.batches(), queryKeys.bundles(), queryKeys.questions(changed.id)].map((queryKey) =>
      client.invalidateQueries({ queryKey }),
    ),
  );
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

function isMoving({ states: { running = 0, scheduled = 0 } }: Pick<Bundle, "states">): boolean {
  return running + scheduled > 0;
}
