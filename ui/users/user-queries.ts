import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { Selection } from "../../contract/user-changes.ts";
import type { UserSort } from "../../contract/user-filter.ts";
import { callRoute } from "../client/call-route.ts";
import { queryKeys } from "../client/query-keys.ts";
import type { PermissionFilter } from "./permission-filters.ts";

const pageRows = 200;

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

/** The users of a customer, page by page. */
export function usersQuery(customerId: string, filter: UserListFilter) {
  return infiniteQueryOptions({
    queryKey: queryKeys.users(customerId, filter),
    queryFn: ({ pageParam, signal }) =>
      callRoute("listUsers", {
        params: { customerId },
        query: {
          ...listed(filter),
          limit: pageRows,
          cursor: pageParam,
          count: pageParam === undefined ? "true" : "false",
        },
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
