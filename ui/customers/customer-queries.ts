import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { callRoute } from "../client/call-route.ts";
import { queryKeys } from "../client/query-keys.ts";

const pageItems = 100;

/** Customers by name, whose name or domain holds `q`. */
export function customersQuery(q: string) {
  return infiniteQueryOptions({
    queryKey: queryKeys.customers(q),
    queryFn: ({ pageParam, signal }) =>
      callRoute("listCustomers", { query: { q, limit: pageItems, cursor: pageParam, count: "true" }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (earlier) => earlier,
  });
}

/** One customer with its domains. */
export function customerQuery(customerId: string) {
  return queryOptions({
    queryKey: queryKeys.customer(customerId),
    queryFn: ({ signal }) => callRoute("getCustomer", { params: { customerId }, signal }),
  });
}

/** The limits of plans that count at a customer, or those for all customers. */
export function brakesQuery(customerId: string | null) {
  return queryOptions({
    queryKey: queryKeys.brakes(customerId ?? "all"),
    queryFn: async ({ signal }) => {
      if (customerId !== null) return await callRoute("getCustomerBrakes", { params: { customerId }, signal });
      const { asked, ...limits } = await callRoute("getBrakes", { signal });
      return { limits, own: true, asked };
    },
  });
}

/** The products of a customer with their seats. */
export function productsQuery(customerId: string) {
  return queryOptions({
    queryKey: queryKeys.products(customerId),
    queryFn: ({ signal }) => callRoute("listProducts", { params: { customerId }, signal }),
    select: (page) => page.items,
  });
}

/** How many deleted users a customer has. */
export function deletedCountQuery(customerId: string) {
  return queryOptions({
    queryKey: queryKeys.users(customerId, { deletedCount: true }),
    queryFn: ({ signal }) =>
      callRoute("listUsers", { params: { customerId }, query: { state: "inactive", limit: 1, count: "true" }, signal }),
  });
}
