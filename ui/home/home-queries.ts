import { queryOptions } from "@tanstack/react-query";
import { callRoute } from "../client/call-route.ts";
import { queryKeys } from "../client/query-keys.ts";
import { whileAway } from "../client/while-away.ts";

/** How far back failures are counted. */
export const overviewDays = 7;
/** How far back the drawing of pace goes. */
export const paceHours = 24;

const againMs = 15_000;
const movingMs = 3_000;

/** What needs somebody, over all customers of the agent; read again every 15 s. */
export const overviewQuery = queryOptions({
  queryKey: queryKeys.overview(),
  queryFn: ({ signal }) => callRoute("getOverview", { query: { days: overviewDays }, signal }),
  refetchInterval: ({ state }) => whileAway(state) || againMs,
});

/** How many rows ended in each minute of the last day; read more often while something runs. */
export function paceQuery(running: boolean) {
  return queryOptions({
    queryKey: queryKeys.pace(),
    queryFn: async ({ signal }) => ({
      pace: await callRoute("getPace", { query: { hours: paceHours }, signal }),
      untilMs: Date.now(),
    }),
    refetchInterval: ({ state }) => whileAway(state) || (running ? movingMs : againMs * 4),
  });
}

/** Batches that run now, with how far they are; read every 3 s for rate and time left, besides the api's hints. */
export const runningQuery = queryOptions({
  queryKey: queryKeys.batches({ state: "running", home: true }),
  queryFn: ({ signal }) => callRoute("listBatches", { query: { state: "running", limit: 20, count: "true" }, signal }),
  refetchInterval: ({ state }) => whileAway(state) || ((state.data?.items.length ?? 0) > 0 ? movingMs : againMs),
});

/** How many customers the agent may work for, and how many batches there are: for the first steps. */
export const firstStepsQuery = queryOptions({
  queryKey: [...queryKeys.customers(), "firstSteps"],
  queryFn: async ({ signal }) => {
    const [customers, batches] = await Promise.all([
      callRoute("listCustomers", { query: { limit: 1 }, signal }),
      callRoute("listBatches", { query: { limit: 1 }, signal }),
    ]);
    return { customers: customers.items.length, batches: batches.items.length };
  },
});
