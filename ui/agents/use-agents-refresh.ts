import { useQueryClient } from "@tanstack/react-query";
import { queryKeys } from "../client/query-keys.ts";

/** Reads agents, groups, grants and what hangs on them anew, where a page shows them. */
export function useAgentsRefresh(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    const moved = [
      queryKeys.agents(),
      ["agent"],
      queryKeys.groups(),
      queryKeys.grants(),
      queryKeys.apiKeys(),
      queryKeys.audit(),
      queryKeys.overview(),
      ["authority"],
    ];
    await Promise.all(moved.map((queryKey) => client.invalidateQueries({ queryKey })));
  };
}
