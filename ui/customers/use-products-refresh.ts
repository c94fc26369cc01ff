import { useQueryClient } from "@tanstack/react-query";
import { queryKeys } from "../client/query-keys.ts";

/** Reads a customer's products and domains anew, where a page shows them. */
export function useProductsRefresh(customerId: string): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    await Promise.all([
      client.invalidateQueries({ queryKey: queryKeys.products(customerId) }),
      client.invalidateQueries({ queryKey: queryKeys.customer(customerId) }),
      client.invalidateQueries({ queryKey: queryKeys.selectionSummary(customerId) }),
    ]);
  };
}
