import type { Customer } from "../../../contract/customer.ts";
import type { Suggestion } from "../../../contract/name-check.ts";
import type { CoreContext } from "../../context.ts";
import { giveFreeNames } from "../../batches/plan/free-names.ts";
import { numberOf } from "../../batches/plan/name-numbers.ts";
import { buildUpn, type NamedPerson } from "../../../files/rows/build-upn.ts";
import { parseUpnPattern } from "../../../files/rows/upn-pattern.ts";
import { lookForHolders } from "./look-for-holders.ts";

type Colleague = { givenName: string | null; surname: string | null; upn: string; usageLocation: string | null };

/** How usernames are usually built; the earlier wins where users tell of none or of several equally often. */
const patterns = [
  "{givenName}.{surname}",
  "{g}{surname}",
  "{g}.{surname}",
  "{givenName}",
  "{givenName}{surname}",
  "{givenName}{s}",
  "{givenName}.{s}",
  "{givenName}_{surname}",
  "{givenName}-{surname}",
  "{surname}.{givenName}",
  "{surname}{givenName}",
  "{surname}{g}",
  "{surname}",
];

/** So many users, those who were made last, tell what is usual. */
const colleaguesLooked = 200;

/** Suggests what a new user of the customer is likely to get, by the users that were made last; a name is free right now. */
export async function suggestUser(
  context: CoreContext,
  { id: customerId, domains }: Customer,
  asked: { givenName?: string | undefined; surname?: string | undefined; domain?: string | undefined },
): Promise<Suggestion> {
  const colleagues = await context.db.sql<Colleague[]>`
    select given_name as "givenName", surname, lower(user_principal_name) as upn, usage_location as "usageLocation"
    from users where customer_id = ${customerId} and deleted_at is null order by id desc limit ${colleaguesLooked}`;
  const own = domains.map(({ name }) => name);
  const chosen = own.find((name) => name === asked.domain?.toLowerCase());
  const usual = mostOf(colleagues.map(({ upn }) => upn.slice(upn.indexOf("@") + 1)).filter((one) => own.includes(one)));
  const domain = chosen ?? usual ?? domains.find(({ isDefault }) => isDefault)?.name ?? own[0] ?? null;
  const upnPattern = byCount(colleagues.flatMap(patternsOf), patterns)[0] ?? "";
  const { givenName = "", surname = "" } = asked;
  const displayName = [givenName, surname].filter(Boolean).join(" ");
  const usageLocation = mostOf(colleagues.flatMap((one) => one.usageLocation ?? [])) ?? null;
  const person = { givenName, surname, displayName, country: usageLocation };
  return {
    userPrincipalName: domain === null ? null : await freeName(context, upnPattern, person, domain),
    displayName: displayName === "" ? null : displayName,
    upnPattern,
    domain,
    usageLocation,
  };
}

/** The patterns that make the user's username of the user's names, a number behind it aside. */
function patternsOf({ givenName, surname, upn, usageLocation }: Colleague): string[] {
  if (givenName === null || surname === null) return [];
  const local = upn.slice(0, upn.indexOf("@"));
  const person = { givenName, surname, displayName: undefined, country: usageLocation };
  return patterns.filter((pattern) => {
    const built = buildUpn(parseUpnPattern(pattern), person);
    return "local" in built && numberOf(built.local, local) !== null;
  });
}

/** What stands in the list most often. Users of one batch have no order, so the smaller word wins where two are equal. */
function mostOf(values: readonly string[]): string | undefined {
  return byCount(values, [...new Set(values)].toSorted())[0];
}

/** The words by how often they stand in the values; words that do so equally often keep their order. */
function byCount(values: readonly string[], words: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return words.toSorted((one, other) => (counts.get(other) ?? 0) - (counts.get(one) ?? 0));
}

async function freeName(
  context: CoreContext,
  pattern: string,
  person: NamedPerson,
  domain: string,
): Promise<string | null> {
  const built = buildUpn(parseUpnPattern(pattern), person);
  if (!("local" in built)) return null;
  const [got] = await giveFreeNames([{ local: built.local, domain, rowNos: [1] }], new Set(), lookForHolders(context));
  return got?.name ?? null;
}
