import { infiniteQueryOptions, queryOptions, type QueryClient } from "@tanstack/react-query";
import type { Batch, BatchState, RowPlan, RowState } from "../../contract/batch.ts";
import type { CauseCode } from "../../contract/codes.ts";
import { callRoute } from "./call-route.ts";

const pageRows = 200;
const smallPage = 100;

/** Who is signed in. */
export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: ({ signal }) => callRoute("getMe", { signal }),
  staleTime: Infinity,
  refetchOnWindowFocus: false,
});

/** Customers by name, whose name or domain holds `q`. */
export function customersQuery(q: string) {
  return infiniteQueryOptions({
    queryKey: ["customers", q],
    queryFn: ({ pageParam, signal }) =>
      callRoute("listCustomers", { query: { q, limit: smallPage, cursor: pageParam, count: "true" }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (earlier) => earlier,
  });
}

/** One customer with its domains. */
export function customerQuery(customerId: string) {
  return queryOptions({
    queryKey: ["customer", customerId],
    queryFn: ({ signal }) => callRoute("getCustomer", { params: { customerId }, signal }),
  });
}

/** The products of a customer with their seats. */
export function productsQuery(customerId: string) {
  return queryOptions({
    queryKey: ["products", customerId],
    queryFn: ({ signal }) => callRoute("listProducts", { params: { customerId }, signal }),
    select: (page) => page.items,
  });
}

export type UserListFilter = {
  state: "active" | "inactive";
  q: string;
  sort?: "displayName" | "-displayName" | "deletedAt" | undefined;
};

/** The users of a customer, page by page. */
export function usersQuery(customerId: string, filter: UserListFilter) {
  return infiniteQueryOptions({
    queryKey: ["users", customerId, filter],
    queryFn: ({ pageParam, signal }) =>
      callRoute("listUsers", {
        params: { customerId },
        query: { ...filter, limit: pageRows, cursor: pageParam, count: pageParam === undefined ? "true" : "false" },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (earlier) => earlier,
  });
}

/** One user, active or deleted. */
export function userQuery(customerId: string, userId: string) {
  return queryOptions({
    queryKey: ["user", customerId, userId],
    queryFn: ({ signal }) => callRoute("getUser", { params: { customerId, userId }, signal }),
  });
}

export type BatchListFilter = { customerId?: string | undefined; state?: BatchState | undefined; q: string };

/** Batches, the latest first. */
export function batchesQuery(filter: BatchListFilter) {
  return infiniteQueryOptions({
    queryKey: ["batches", filter],
    queryFn: ({ pageParam, signal }) =>
      callRoute("listBatches", { query: { ...filter, limit: smallPage, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (earlier) => earlier,
  });
}

const moving: readonly BatchState[] = ["staging", "planning", "scheduled", "running"];

function isMoving(batch: Pick<Batch, "state">): boolean {
  return moving.includes(batch.state);
}

/** One batch; while it runs it is read every 2 s as well, for its rate and where no hint comes through. */
export function batchQuery(batchId: string) {
  return queryOptions({
    queryKey: ["batch", batchId],
    queryFn: ({ signal }) => callRoute("getBatch", { params: { batchId }, signal }),
    refetchInterval: (query) => (query.state.data !== undefined && isMoving(query.state.data) ? 2_000 : false),
  });
}

/** The rows of a batch counted by cause. */
export function causesQuery(batchId: string) {
  return queryOptions({
    queryKey: ["causes", batchId],
    queryFn: ({ signal }) => callRoute("listCauses", { params: { batchId }, signal }),
    select: (page) => page.items,
  });
}

/** The columns of a batch's file, in order; read anew for each plan. */
export function columnsQuery({ id: batchId, planVersion }: Pick<Batch, "id" | "planVersion">) {
  return queryOptions({
    queryKey: ["columns", batchId, planVersion],
    queryFn: ({ signal }) => callRoute("listColumns", { params: { batchId }, signal }),
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
    queryKey: ["rows", batchId, filter],
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

/** Reads again what a page shows of a batch; of its rows only those that are few, because each page is a request. */
export async function refreshBatch(client: QueryClient, batchId: string): Promise<void> {
  await Promise.all([
    client.invalidateQueries({ queryKey: ["batch", batchId] }),
    client.invalidateQueries({ queryKey: ["causes", batchId] }),
    client.invalidateQueries({ queryKey: ["batches"] }),
    client.invalidateQueries({
      queryKey: ["rows", batchId],
      predicate: ({ state }) => ((state.data as { pages?: unknown[] } | undefined)?.pages?.length ?? 0) <= mostPages,
    }),
  ]);
}

const mostPages = 3;
