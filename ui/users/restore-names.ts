import type { TakenNames } from "../../contract/name-check.ts";

/** What is to become of deleted users whose names are taken: a new name each, or null for those who are left out; by user id. */
export type NewNames = Record<string, string | null>;

/** A user whose name is taken, and the name that stands in the form: as typed, or as suggested. */
export type NamedUser = TakenNames["items"][number] & { name: string | null };

/** The users whose names are taken with what the form has for them. */
export function namedUsers({ items }: TakenNames, typed: NewNames): NamedUser[] {
  return items.map((user) => {
    const own = typed[user.userId];
    return { ...user, name: own === undefined ? (user.suggestion ?? "") : own };
  });
}

/** The ids of the users whose new name another one of them is to have too. */
export function repeatedNames(users: readonly NamedUser[]): Set<string> {
  const first = new Map<string, string>();
  const repeated = new Set<string>();
  for (const { userId, name } of users) {
    const key = name?.trim().toLowerCase() ?? "";
    if (key === "") continue;
    if (first.has(key)) repeated.add(userId);
    else first.set(key, userId);
  }
  return repeated;
}

/** The users whose names stand in the form: the first `most`, and all who are `wrong`. The others get what is suggested. */
export function shownNames(
  users: readonly NamedUser[],
  most: number,
  wrong: (user: NamedUser) => boolean,
): NamedUser[] {
  return users.filter((user, at) => at < most || wrong(user));
}

/** The rows of a request that restores the users, under their new names where they get one, without those left out. */
export function restoreRows(
  userIds: readonly string[],
  users: readonly NamedUser[],
): { userId: string; newUserPrincipalName?: string }[] {
  const names = new Map(users.map(({ userId, name }) => [userId, name?.trim() ?? null]));
  return userIds.flatMap((userId) => {
    const name = names.get(userId);
    if (name === null) return [];
    return [{ userId, ...(name !== undefined && { newUserPrincipalName: name }) }];
  });
}
