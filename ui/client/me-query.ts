import { queryOptions } from "@tanstack/react-query";
import { callRoute } from "./call-route.ts";
import { queryKeys } from "./query-keys.ts";

/** Who is signed in. Where that is somebody else than before, what the pages have read for the earlier agent is forgotten. */
export const meQuery = queryOptions({
  queryKey: queryKeys.me(),
  queryFn: async ({ client, queryKey, signal }) => {
    const me = await callRoute("getMe", { signal });
    const before = client.getQueryData<typeof me>(queryKey);
    if (before !== undefined && before.id !== me.id) {
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== queryKey[0] });
    }
    return me;
  },
  staleTime: Infinity,
  // Another agent may have signed in meanwhile, in another tab.
  refetchOnWindowFocus: "always",
});
