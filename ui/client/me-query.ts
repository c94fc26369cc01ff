import { queryOptions } from "@tanstack/react-query";
import { callRoute } from "./call-route.ts";
import { queryKeys } from "./query-keys.ts";

/** Who is signed in. */
export const meQuery = queryOptions({
  queryKey: queryKeys.me(),
  queryFn: ({ signal }) => callRoute("getMe", { signal }),
  staleTime: Infinity,
  refetchOnWindowFocus: false,
});
