import { infiniteQueryOptions, queryOptions, type QueryClient } from "@tanstack/react-query";
import type { Batch, BatchState, RowPlan, RowState } from "../../contract/batch.ts";
import type { CauseCode } from "../../contract/codes.ts";
import { callRoute } from "../client/call-route.ts";
import { queryKeys } from "../client/query-keys.ts";
import type { BatchListFilter } from "./batch-search.ts";
import { whileAway } from "../client/while-away.ts";

const pageRows = 200;
const pageBatches = 100;
const movingMs = 2_000;

/** Batches, the latest first. */
export function batchesQuery(filter: BatchListFilter) {
  return infiniteQueryOptions({
    queryKey: queryKeys.batches(filter),
    queryFn: ({ pageParam, signal }) =>
      callRoute("listBatches", { query: { ...filter, limit: pageBatches, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (earlier) => earlier,
  });
}

const moving: readonly BatchState[] = ["staging", "scheduled", "running"];

function isMoving(batch: Pick<Batch, "state">): boolean {
  return moving.includes(batch.state);
}

/** One batch; while it runs it is read every 2 s as well, for its rate and where no hint comes through. */
export function batchQuery(batchId: string) {
  return queryOptions({
    queryKey: queryKeys.batch(batchId),
    queryFn: ({ signal }) => callRoute("getBatch", { params: { batchId }, signal }),
    refetchInterval: ({ state }) => (state.data !== undefined && isMoving(state.data) ? movingMs : whileAway(state)),
  });
}

/** The runs of a batch and its pace; while it runs they are read every 2 s. */
export function runsQuery({ id: batchId, state, startedAt }: Pick<Batch, "id" | "state" | "startedAt">) {
  return queryOptions({
    queryKey: queryKeys.runs(batchId),
    queryFn: ({ signal }) => callRoute("listRuns", { params: { batchId }, signal }),
    enabled: startedAt !== null,
    refetchInterval: (query) => (state === "running" ? movingMs : whileAway(query.state)),
  });
}

/** The chunks of a batch with their jobs. */
export function chunksQuery(batchId: string) {
  return infiniteQueryOptions({
    queryKey: queryKeys.chunks(batchId),
    queryFn: ({ pageParam, signal }) =>
      callRoute("listChunks", { params: { batchId }, query: { limit: pageBatches, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

/** The rows of a batch counted by cause. */
export function causesQuery(batchId: string) {
  return queryOptions({
    queryKey: queryKeys.causes(batchId),
    queryFn: ({ signal }) => callRoute("listCauses", { params: { batchId }, signal }),
    select: (page) => page.items,
  });
}

/** Some rows of a batch, each asked for by itself; read anew for each plan and outcome. */
export function rowsByNoQuery({ id: batchId, planVersion, totals }: Batch, rowNos: readonly number[]) {
  return queryOptions({
    queryKey: queryKeys.rowsByNo(batchId, rowNos, { planVersion, totals }),
    queryFn: ({ signal }) =>
      Promise.all(rowNos.map((rowNo) => callRoute("getRow", { params: { batchId, rowNo: String(rowNo) }, signal }))),
    placeholderData: (earlier) => earlier,
  });
}

/** The columns of a batch's file, in order; read anew for each plan. */
export function columnsQuery({ id: batchId, planVersion }: Pick<Batch, "id" | "planVersion">) {
  return queryOptions({
    queryKey: queryKeys.columns(batchId, planVersion),
    queryFn: ({ signal }) => callRoute("listColumns", { params: { batchId }, signal }),
    select: (page) => page.items,
    placeholderData: (earlier) => earlier,
  });
}

/** The fixes of a batch, the latest first; read anew for each plan. */
export function fixesQuery({ id: batchId, planVersion }: Pick<Batch, "id" | "planVersion">) {
  return queryOptions({
    queryKey: queryKeys.fixes(batchId, planVersion),
    queryFn: ({ signal }) => callRoute("listFixes", { params: { batchId }, signal }),
    select: (page) => page.items,
    placeholderData: (earlier) => earlier,
  });
}

export type RowListFilter = {
  plan?: RowPlan | undefined;
  state?: RowState | undefined;
  code?: CauseCode | undefined;
};

/** The rows of a batch, page by page. */
export function rowsQuery(batchId: string, filter: RowListFilter) {
  return infiniteQueryOptions({
    queryKey: queryKeys.rows(batchId, filter),
    queryFn: ({ pageParam, signal }) =>
      callRoute("listRows", {
        params: { batchId },
        query: { ...filter, limit: pageRows, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (earlier) => earlier,
  });
}

/** Reads again all that the pages show of a batch, once many of its rows were changed. */
export async function rereadBatch(client: QueryClient, batchId: string): Promise<void> {
  await client.invalidateQueries({ queryKey: queryKeys.rows(batchId) });
  await client.invalidateQueries({ queryKey: queryKeys.fixes(batchId) });
  await refreshBatch(client, batchId);
}

/** Reads again what a page shows of a batch; of its rows only those that are few, because each page is a request. */
export async function refreshBatch(client: QueryClient, batchId: string): Promise<void> {
  await Promise.all([
    client.invalidateQueries({ queryKey: queryKeys.batch(batchId) }),
    client.invalidateQueries({ queryKey: queryKeys.causes(batchId) }),
    client.invalidateQueries({ queryKey: queryKeys.runs(batchId) }),
    client.invalidateQueries({ queryKey: queryKeys.chunks(batchId) }),
    client.invalidateQueries({ queryKey: queryKeys.batches() }),
    client.invalidateQueries({ queryKey: queryKeys.liveBatches() }),
    client.invalidateQueries({
      queryKey: queryKeys.rows(batchId),
      predicate: ({ state }) => ((state.data as { pages?: unknown[] } | undefined)?.pages?.length ?? 0) <= mostPages,
    }),
  ]);
}

const mostPages = 3;
