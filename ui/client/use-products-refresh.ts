import { useQueryClient } from "@tanstack/react-query";

/** Reads a customer's products and domains anew, where a page shows them. */
export function useProductsRefresh(customerId: string): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    await Promise.all([
      client.invalidateQueries({ queryKey: ["products", customerId] }),
      client.invalidateQueries({ queryKey: ["customer", customerId] }),
    ]);
  };
}
