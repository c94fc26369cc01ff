import type { Selection } from "../../contract/user-changes.ts";
import type { User } from "../../contract/user.ts";
import { callRoute } from "../client/call-route.ts";

const pageUsers = 500;
const mostNamed = 10_000;

/** The filter of a selection that is not by id. */
export type SelectFilter = Extract<Selection, { filter: object }>["filter"];

/** Reads a page of the users that a filter finds. */
export async function readSelectedPage(
  customerId: string,
  { accountEnabled, ...filter }: SelectFilter,
  cursor?: string,
): Promise<{ items: User[]; next: string | null }> {
  return await callRoute("listUsers", {
    params: { customerId },
    query: {
      ...filter,
      ...(accountEnabled !== undefined && { accountEnabled: String(accountEnabled) }),
      limit: pageUsers,
      cursor,
    },
  });
}

/** Reads the users that a filter finds, page by page; null where they are more than 10,000, which a request cannot name. */
export async function readSelected(customerId: string, filter: SelectFilter): Promise<User[] | null> {
  const users: User[] = [];
  let cursor: string | undefined;
  do {
    const page = await readSelectedPage(customerId, filter, cursor);
    users.push(...page.items);
    if (users.length > mostNamed) return null;
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return users;
}
