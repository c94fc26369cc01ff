import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import type { NameCheck } from "../../contract/name-check.ts";
import { callRoute } from "../client/call-route.ts";
import { queryKeys } from "../client/query-keys.ts";
import { useDebounced } from "../kit/use-debounced.ts";

const debounceMs = 300;
const freshMs = 10_000;

/** Whether a username is free at a customer; `userId` is the user who is to have it. */
function nameCheckQuery(customerId: string, asked: { userPrincipalName: string; userId?: string }) {
  return queryOptions({
    queryKey: queryKeys.nameCheck(customerId, asked),
    queryFn: ({ signal }) => callRoute("checkName", { params: { customerId }, query: asked, signal }),
    staleTime: freshMs,
  });
}

/** What a new user of a customer is likely to get by the names, on a domain where one is given. */
export function suggestionQuery(customerId: string, asked: { givenName?: string; surname?: string; domain?: string }) {
  return queryOptions({
    queryKey: queryKeys.userSuggestion(customerId, asked),
    queryFn: ({ signal }) => callRoute("suggestUser", { params: { customerId }, query: asked, signal }),
    staleTime: freshMs,
  });
}

/** Looks whether a username is free while it is typed; nothing where it is empty, or is the user's own. */
export function useNameCheck(
  customerId: string,
  userPrincipalName: string,
  user?: { id: string; userPrincipalName: string },
): { check: NameCheck | undefined; checking: boolean } {
  const debounced = useDebounced(userPrincipalName, debounceMs);
  const own = user?.userPrincipalName.toLowerCase() === userPrincipalName.toLowerCase();
  const asks = (name: string) => !own && !name.startsWith("@");
  const query = useQuery({
    ...nameCheckQuery(customerId, { userPrincipalName: debounced, ...(user !== undefined && { userId: user.id }) }),
    enabled: asks(debounced),
  });
  if (!asks(userPrincipalName)) return { check: undefined, checking: false };
  const current = debounced === userPrincipalName;
  return { check: current ? query.data : undefined, checking: !current || query.isPending };
}

/** The part before the @ that is suggested for these names on this domain, once the names stand still. */
export function useSuggestedName(
  customerId: string,
  { givenName, surname, domain }: { givenName: string; surname: string; domain: string },
  wanted: boolean,
): string | undefined {
  const names = JSON.stringify({ givenName: givenName.trim(), surname: surname.trim(), domain });
  const debounced = useDebounced(names, debounceMs);
  const query = useQuery({
    ...suggestionQuery(customerId, JSON.parse(debounced) as { givenName: string; surname: string; domain: string }),
    enabled: wanted && (givenName.trim() !== "" || surname.trim() !== ""),
    placeholderData: keepPreviousData,
  });
  if (debounced !== names || query.isPlaceholderData) return undefined;
  return query.data?.userPrincipalName?.split("@")[0];
}
