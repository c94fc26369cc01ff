/** What a row says of its person beyond the username. */
export type AskedPerson = {
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
 * Which of the rows' people exist already: a user who is in all that a row asks for is that row's person, each user one
 * row's at most, and as many rows as can be find theirs, in whatever order they come. Rows that find none take one who only
 * lacks licenses: those of an earlier run that no seat was left for. `users` come in the order of their numbers.
 */
export function matchPeople(rows: readonly AskedPerson[], users: readonly Known[]): Map<number, Known> {
  const licensed = pairUp(rows, users, (row, user) => isPerson(row, user) && holdsAll(row, user));
  const taken = new Set(licensed.values());
  const rest = pairUp(
    rows.filter(({ rowNo }) => !licensed.has(rowNo)),
    users.filter((user) => !taken.has(user)),
    isPerson,
  );
  return new Map([...licensed, ...rest]);
}

/** The greatest number of pairs, by augmenting paths; the first free user goes first. */
function pairUp(
  rows: readonly AskedPerson[],
  users: readonly Known[],
  fits: (row: AskedPerson, user: Known) => boolean,
): Map<number, Known> {
  const rowOf = new Map<Known, AskedPerson>();
  const userOf = new Map<AskedPerson, Known>();
  const pair = (row: AskedPerson, user: Known) => {
    rowOf.set(user, row);
    userOf.set(row, user);
  };
  let tried = new Set<Known>();
  for (const row of rows) {
    const free = users.find((user) => !rowOf.has(user) && fits(row, user));
    if (free !== undefined) {
      pair(row, free);
      continue;
    }
    const seekers = [row];
    const soughtBy = new Map<Known, AskedPerson>();
    for (const seeker of seekers) {
      const found = users.find((user) => {
        if (tried.has(user) || !fits(seeker, user)) return false;
        tried.add(user);
        soughtBy.set(user, seeker);
        const holder = rowOf.get(user);
        if (holder !== undefined) seekers.push(holder);
        return holder === undefined;
      });
      if (found === undefined) continue;
      for (let user: Known | undefined = found; user !== undefined;) {
        const by: AskedPerson = soughtBy.get(user)!;
        const left: Known | undefined = userOf.get(by);
        pair(by, user);
        user = left;
      }
      // A search that found nothing rules the users out that it tried; one that did makes ways anew.
      tried = new Set();
      break;
    }
  }
  return new Map([...rowOf].map(([user, { rowNo }]) => [rowNo, user]));
}

function holdsAll({ skuIds }: AskedPerson, user: Known): boolean {
  return skuIds.every((id) => user.skuIds.includes(id));
}

function isPerson(row: AskedPerson, user: Known): boolean {
  for (const field in row.fields) if (row.fields[field] !== user.fields[field]) return false;
  if (row.accountEnabled !== null && row.accountEnabled !== user.accountEnabled) return false;
  return (
    row.roles === null ||
    (row.roles.length === user.roles.length && row.roles.every((role) => user.roles.includes(role)))
  );
}
