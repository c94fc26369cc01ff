import { useQueryClient } from "@tanstack/react-query";
import { queryKeys } from "../client/query-keys.ts";
import { problemOf } from "../client/request-failed.ts";

/**
 * Looks after the session where a sign-in route refuses: its refusals do not tell a wrong code from a session that is over,
 * so the pages ask who is signed in, and the sign-in comes over the page where nobody is. Gives the error back.
 */
export function useSessionCheck(): (error: unknown) => unknown {
  const client = useQueryClient();
  return (error) => {
    if (problemOf(error).code === "unauthenticated") void client.invalidateQueries({ queryKey: queryKeys.me() });
    return error;
  };
}
