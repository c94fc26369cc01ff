/** What a row says of its person beyond the sign-in name. */
export type Asked = {
  rowNo: number;
  /** The text fields that the row gives. */
  fields: Record<string, unknown>;
  accountEnabled: boolean | null;
  /** null where the row leaves them open. */
  roles: string[] | null;
  skuIds: string[];
};

/** A user whose name is the base name or a number of it. */
export type Known = {
  id: string;
  userPrincipalName: string;
  fields: Record<string, unknown>;
  accountEnabled: boolean;
  roles: string[];
  skuIds: string[];
};

/**
 * Which of the rows' people exist already: each row, in row order, takes the first user who is in all that it asks for, and
 * no user is taken twice. Rows that find none take one who only lacks licenses: those of an earlier run that no seat was
 * left for. `users` come in the order of their numbers.
 */
export function matchPeople(rows: readonly Asked[], users: readonly Known[]): Map<number, Known> {
  const matched = new Map<number, Known>();
  let free = users;
  for (const licensed of [true, false]) {
    for (const row of rows) {
      if (matched.has(row.rowNo)) continue;
      const user = free.find(
        (one) => isPerson(row, one) && (!licensed || row.skuIds.every((id) => one.skuIds.includes(id))),
      );
      if (user === undefined) continue;
      matched.set(row.rowNo, user);
      free = free.filter((one) => one !== user);
    }
  }
  return matched;
}

function isPerson(row: Asked, user: Known): boolean {
  for (const field in row.fields) if (row.fields[field] !== user.fields[field]) return false;
  if (row.accountEnabled !== null && row.accountEnabled !== user.accountEnabled) return false;
  return (
    row.roles === null ||
    (row.roles.length === user.roles.length && row.roles.every((role) => user.roles.includes(role)))
  );
}
