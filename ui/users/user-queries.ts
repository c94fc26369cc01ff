import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { callRoute } from "../client/call-route.ts";
import { queryKeys } from "../client/query-keys.ts";

const pageRows = 200;

export type UserListFilter = {
  state: "active" | "inactive";
  q: string;
  sort?: "displayName" | "-displayName" | "deletedAt" | undefined;
};

/** The users of a customer, page by page. */
export function usersQuery(customerId: string, filter: UserListFilter) {
  return infiniteQueryOptions({
    queryKey: queryKeys.users(customerId, filter),
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
    queryKey: queryKeys.user(customerId, userId),
    queryFn: ({ signal }) => callRoute("getUser", { params: { customerId, userId }, signal }),
  });
}
