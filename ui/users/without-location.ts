import type { Selection } from "../../contract/user-changes.ts";
import type { User } from "../../contract/user.ts";
import { readSelected } from "./read-selected.ts";

/** The users of a selection who have no usage location, and the selection as it will find the same users afterwards. */
export type WithoutLocation = { without: Selection; all: Selection };

/**
 * Finds the users of a selection without a usage location. A selection by location would not find them any more once they
 * have one, so its users are named one by one; null where they are more than 10,000. `known` are the users of a selection
 * by id.
 */
export async function findWithoutLocation(
  customerId: string,
  select: Selection,
  known: User[],
): Promise<WithoutLocation | null> {
  if ("userIds" in select) return { without: { userIds: missing(known) }, all: select };
  if (select.filter.usageLocation === undefined) {
    return { without: { filter: { ...select.filter, usageLocation: ["none"] } }, all: select };
  }
  const users = await readSelected(customerId, select.filter);
  return users === null ? null : { without: { userIds: missing(users) }, all: { userIds: users.map(({ id }) => id) } };
}

function missing(users: User[]): string[] {
  return users.filter(({ usageLocation }) => usageLocation === null).map(({ id }) => id);
}
