import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { Selection } from "../../contract/user-changes.ts";
import type { UserSort } from "../../contract/user-filter.ts";
import { callRoute } from "../client/call-route.ts";
import { queryKeys } from "../client/query-keys.ts";
import type { ListEnd } from "../kit/use-list-ends.ts";
import type { PermissionFilter } from "./permission-filters.ts";

/** How many users a list reads at once. */
export const pageRows = 200;

/** What a list of users shows, and in which order. */
export type UserListFilter = {
  state: "active" | "inactive";
  q: string;
  license?: string | undefined;
  department?: string | undefined;
  usageLocation?: string | undefined;
  permission?: PermissionFilter | undefined;
  accountEnabled?: boolean | undefined;
  sort?: UserSort | undefined;
};

/** The order of a list: the one that was asked for, or else by name, and of deleted users the latest first. */
export function sortOf({ sort, state }: UserListFilter): UserSort {
  return sort ?? (state === "active" ? "displayName" : "-deletedAt");
}

/**
 * The users of a customer, page by page, from one end of the list on: from its end the last user comes first. Each page
 * says which end that was.
 */
export function usersQuery(customerId: string, filter: UserListFilter, from: ListEnd) {
  const sort = from === "start" ? sortOf(filter) : reversed(sortOf(filter));
  return infiniteQueryOptions({
    queryKey: queryKeys.users(customerId, { ...filter, from }),
    queryFn: async ({ pageParam, signal }) => {
      const query = { ...listed(filter), sort, limit: pageRows, cursor: pageParam };
      return { from, ...(await callRoute("listUsers", { params: { customerId }, query, signal })) };
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (earlier) => earlier,
  });
}

function reversed(sort: UserSort): UserSort {
  return (sort.startsWith("-") ? sort.slice(1) : `-${sort}`) as UserSort;
}

/** How many users a list has in all. Apart from its rows, which come at once, and the same in each order. */
export function usersCountQuery(customerId: string, { sort: _sort, ...filter }: UserListFilter) {
  return queryOptions({
    queryKey: queryKeys.users(customerId, { ...filter, counted: true }),
    queryFn: async ({ signal }) => {
      const query = { ...listed(filter), limit: 1, count: "true" };
      return (await callRoute("listUsers", { params: { customerId }, query, signal })).total ?? 0;
    },
  });
}

/** One user, active or deleted. */
export function userQuery(customerId: string, userId: string) {
  return queryOptions({
    queryKey: queryKeys.user(customerId, userId),
    queryFn: ({ signal }) => callRoute("getUser", { params: { customerId, userId }, signal }),
  });
}

/** What was done to a user, page by page, the latest first. */
export function activityQuery(customerId: string, userId: string) {
  return infiniteQueryOptions({
    queryKey: queryKeys.activity(customerId, userId),
    queryFn: ({ pageParam, signal }) =>
      callRoute("listActivity", { params: { customerId, userId }, query: { limit: 50, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
}

/** The departments and locations that a customer's users have, the commonest first. */
export function userFacetsQuery(customerId: string, state: "active" | "inactive") {
  return queryOptions({
    queryKey: queryKeys.userFacets(customerId, state),
    queryFn: ({ signal }) => callRoute("getUserFacets", { params: { customerId }, query: { state }, signal }),
    staleTime: 60_000,
  });
}

/** What selected users have, read anew each time somebody asks before an act. */
export function selectionSummaryQuery(customerId: string, select: Selection) {
  return queryOptions({
    queryKey: queryKeys.selectionSummary(customerId, select),
    queryFn: ({ signal }) => callRoute("summariseSelection", { params: { customerId }, body: { select }, signal }),
    staleTime: 0,
    gcTime: 0,
  });
}

/** The deleted users of a selection whose names are taken by now, read anew each time somebody asks. */
export function takenNamesQuery(customerId: string, select: Selection) {
  return queryOptions({
    queryKey: queryKeys.takenNames(customerId, select),
    queryFn: ({ signal }) => callRoute("listTakenNames", { params: { customerId }, body: { select }, signal }),
    staleTime: 0,
    gcTime: 0,
  });
}

/** The filter and the order of a list as the api is asked for them. */
export function listed({ accountEnabled, ...filter }: UserListFilter) {
  return { ...filter, ...(accountEnabled !== undefined && { accountEnabled: String(accountEnabled) }) };
}
