import { useQuery } from "@tanstack/react-query";
import { callRoute } from "../client/call-route.ts";
import type { Choice, Filter } from "../kit/FilterPills.tsx";
import { customerQuery } from "./customer-queries.ts";

const mostFound = 50;

/** The filter of a list by one customer, who is searched as one types. */
export function useCustomerFilter(label: string, value: string | undefined): Filter {
  const customer = useQuery({ ...customerQuery(value ?? ""), enabled: value !== undefined });
  return { key: "customer", label, value, word: customer.data?.name, find: findCustomers };
}

async function findCustomers(q: string, signal: AbortSignal): Promise<Choice[]> {
  const { items } = await callRoute("listCustomers", { query: { q, limit: mostFound }, signal });
  return items.map(({ id, name }) => ({ value: id, label: name }));
}
