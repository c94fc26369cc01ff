import { quoteValue } from "../../../contract/codes.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import { sql, type SqlText } from "../../../db/sql-text.ts";
import { inputTable, type PlanScope } from "../work-rows/plan-scope.ts";
import { inputColumns } from "../work-rows/input-columns.ts";
import { userJsonSql } from "../../sql/user-json.ts";
import { giveFreeNames, type NameHolder, type NameHolders, type WantedName } from "./free-names.ts";
import { holdersSql } from "./holders-sql.ts";
import { matchPeople, type AskedPerson, type Known } from "./match-people.ts";
import { numberOf } from "./name-numbers.ts";
import { findOpenNames } from "./open-names.ts";
import { countNote } from "../work-rows/count-note.ts";

const input = inputColumns("input");

/** How many names were built, and of these how many got a number, and how many are users who exist already. */
export type Named = { built: number; numbered: number; known: number };

type Batch = { id: string; customerId: string };
type Change = { rowNo: number; name: string; message: string };

/** Base names that are decided at a time. */
const pageNames = 500;

/**
 * Decides the usernames that were built for rows without one: a row whose person exists already at the customer gets
 * that user's name; a name that others want or have gets a number, in row order. Names in the file, users of any customer
 * and users deleted after `restorableSince` are stayed clear of. Rows of the batch that the plan is not about keep
 * their names.
 */
export async function nameRows(tx: Tx, batch: Batch, restorableSince: Date, scope: PlanScope): Promise<Named> {
  const built = await findOpenNames(tx, batch, restorableSince, scope);
  const named: Named = { built, numbered: 0, known: 0 };
  const taken = new Set<string>();
  if (built === 0) return named;
  for (let after = ""; ;) {
    const groups = await nextGroups(tx, after);
    const last = groups.at(-1);
    if (last === undefined) return named;
    after = last.base;
    const known = await knownPeople(tx, batch, scope, groups);
    const open = groups.map((group) => ({ ...group, rowNos: group.rowNos.filter((rowNo) => !known.has(rowNo)) }));
    const got = await giveFreeNames(
      open.filter(({ rowNos }) => rowNos.length > 0),
      taken,
      (names) => holdersOf(tx, names, restorableSince),
    );
    const numbered = got.flatMap(({ rowNo, name, holder }) =>
      holder === null ? [] : [{ rowNo, name, message: numberedText(rowNo, name, holder) }],
    );
    const changes = [...numbered, ...[...known].map(([rowNo, user]) => knownChange(rowNo, user))];
    await writeNames(tx, batch, scope, changes);
    named.numbered += numbered.length;
    named.known += known.size;
  }
}

/** What the agent is told of the names that were built by `pattern`. */
export function namedNotes({ built, numbered, known }: Named, pattern: string): string[] {
  const asked = `built by ${pattern}, as the options ask.`;
  return [
    ...countNote(built, `username was ${asked}`, `usernames were ${asked}`),
    ...countNote(numbered, "built name was taken and got a number.", "built names were taken and got a number."),
    ...countNote(
      known,
      "row without a username is a user who exists already.",
      "rows without a username are users who exist already.",
    ),
  ];
}

type Group = WantedName & { base: string };

async function nextGroups(tx: Tx, after: string): Promise<Group[]> {
  const groups = await tx.rows<{ base: string; rowNos: number[] }>(
    sql`select base, json_agg(row_no order by row_no) as "rowNos" from open_names
     where base > ${after} group by base order by base limit ${pageNames}`,
  );
  return groups.map(({ base, rowNos }) => {
    const at = base.indexOf("@");
    return { base, rowNos, local: base.slice(0, at), domain: base.slice(at + 1) };
  });
}

/** The users that the rows' people are, by row. They are found by their display names, and told by all else. */
async function knownPeople(tx: Tx, batch: Batch, scope: PlanScope, groups: Group[]): Promise<Map<number, Known>> {
  const users = await tx.rows<Known & { base: string }>(peopleSql(batch.customerId, groups));
  const candidates = new Map<string, { number: number; user: Known }[]>();
  for (const { base, ...user } of users) {
    const [local = "", domain] = user.userPrincipalName.toLowerCase().split("@");
    const number = base.endsWith(`@${domain}`) ? numberOf(base.slice(0, base.indexOf("@")), local) : null;
    if (number !== null) candidates.set(base, [...(candidates.get(base) ?? []), { number, user }]);
  }
  const asking = groups.filter(({ base }) => candidates.has(base));
  if (asking.length === 0) return new Map();
  const rows = await tx.rows<AskedPerson>(
    askedSql(
      batch.id,
      scope,
      asking.flatMap(({ rowNos }) => rowNos),
    ),
  );
  const askedBy = new Map(rows.map((row) => [row.rowNo, row]));
  const known = new Map<number, Known>();
  for (const { base, rowNos } of asking) {
    const sorted = (candidates.get(base) ?? []).sort((one, other) => one.number - other.number).map(({ user }) => user);
    const asked = rowNos.flatMap((rowNo) => askedBy.get(rowNo) ?? []);
    for (const [rowNo, user] of matchPeople(asked, sorted)) known.set(rowNo, user);
  }
  return known;
}

const peopleSql = (customerId: string, groups: readonly Group[]) => sql`
select people.base, users.id, users.user_principal_name as "userPrincipalName", ${userJsonSql("users")} as fields,
  users.account_enabled as "accountEnabled",
  coalesce((select json_agg(role) from role_assignments held where held.user_id = users.id), '[]') as roles,
  coalesce((select json_agg(sku_id) from license_assignments held where held.user_id = users.id), '[]') as "skuIds"
from (select distinct base, display_name from open_names where base = any(${groups.map(({ base }) => base)}) and well) people
cross join lateral (
  select * from users
  where customer_id = ${customerId} and deleted_at is null and display_name collate "und-x-icu" = people.display_name
    -- Whom another row names is that row's.
    and not exists (select from file_names where file_names.name = lower(users.user_principal_name) and given)
  offset 0
) users`;

/** Rows with a cause of their own are nobody yet. */
function askedSql(batchId: string, scope: PlanScope, rowNos: readonly number[]): SqlText {
  const { table, where } = inputTable(scope, batchId);
  return sql`
select ${input.rowNo} as "rowNo", ${userJsonSql("input")}::jsonb - 'userPrincipalName' - 'accountEnabled' as fields,
  ${input.accountEnabled} as "accountEnabled", to_json(${input.roles}) as roles, to_json(${input.skuIds}) as "skuIds"
from ${table} input where ${where} and ${input.rowNo} = any(${rowNos}) and ${input.code} is null order by ${input.rowNo}`;
}

type HolderRow = { name: string; active: boolean | null; rowNo: number | null; given: boolean };

async function holdersOf(tx: Tx, names: string[], restorableSince: Date): Promise<NameHolders> {
  const rows = await tx.rows<HolderRow>(askedHoldersSql(names, restorableSince));
  return new Map(rows.map((row) => [row.name, holderOf(row)]));
}

function holderOf({ active, rowNo, given }: HolderRow): NameHolder & { given?: boolean } {
  if (active !== null) return { kind: active ? "user" : "deleted" };
  return { kind: "row", rowNo: rowNo ?? 0, given };
}

const askedHoldersSql = (names: readonly string[], restorableSince: Date) => sql`
select asked.name, holder.active, file_names.row_no as "rowNo", coalesce(file_names.given, false) as given
from unnest(${names}::text[]) asked (name)
left join file_names on file_names.name = asked.name
left join lateral (
  select active from ${holdersSql(sql`asked.name`, restorableSince)} holders order by active desc limit 1
) holder on true
where holder.active is not null or file_names.name is not null`;

async function writeNames(tx: Tx, batch: Batch, scope: PlanScope, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return;
  const { table, where } = inputTable(scope, batch.id);
  const [rowNos, names] = [changes.map(({ rowNo }) => rowNo), changes.map(({ name }) => name)];
  await tx.rows(sql`
    update ${table} input set user_principal_name = named.name,
      message = case when ${input.code} is null then named.message else ${input.message} end
    from unnest(${rowNos}::int[], ${names}::text[], ${changes.map(({ message }) => message)}::text[])
      named (row_no, name, message)
    where ${where} and ${input.rowNo} = named.row_no`);
}

function knownChange(rowNo: number, { userPrincipalName }: Known): Change {
  const name = quoteValue(userPrincipalName);
  return {
    rowNo,
    name: userPrincipalName,
    message: `Row ${rowNo}: the row has no username; all else that it says is true of the user ${name}, who is taken for this person.`,
  };
}

function numberedText(rowNo: number, name: string, holder: NameHolder): string {
  const base = `the name without its number ${reason(holder)}`;
  return `Row ${rowNo}: the username ${quoteValue(name)} was built, for the row has none; ${base}.`;
}

function reason(holder: NameHolder): string {
  switch (holder.kind) {
    case "user":
      return "belongs to another user";
    case "deleted":
      return "belongs to a deleted user who can be restored";
    case "row":
      return `is that of row ${holder.rowNo}`;
    default:
      return holder satisfies never;
  }
}
