import { useQueryClient } from "@tanstack/react-query";
import type { Batch } from "../../contract/batch.ts";
import type { User } from "../../contract/user.ts";
import { queryKeys } from "../client/query-keys.ts";
import { useAct } from "../client/use-act.ts";
import { useProductsRefresh } from "../customers/use-products-refresh.ts";

/**
 * Sends a change of one user and reads anew what the pages show of it. `data` is the id of the batch where it takes longer
 * than the request waited, and null once it is done.
 */
export function useUserSave(customerId: string, send: () => Promise<User | Batch>, onSent: () => void) {
  const client = useQueryClient();
  const refreshProducts = useProductsRefresh(customerId);
  return useAct({
    mutationFn: async () => {
      const answer = await send();
      return "userPrincipalName" in answer ? null : answer.id;
    },
    onSuccess: async () => {
      onSent();
      await Promise.all([
        refreshProducts(),
        client.invalidateQueries({ queryKey: queryKeys.users(customerId) }),
        client.invalidateQueries({ queryKey: queryKeys.user(customerId) }),
        client.invalidateQueries({ queryKey: queryKeys.activity(customerId) }),
      ]);
    },
  });
}
