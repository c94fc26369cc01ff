import { createHash } from "node:crypto";
import { isIPv6 } from "node:net";
import { Problem } from "../../contract/problem.ts";
import type { Tx } from "../../db/in-transaction.ts";
import type { CoreContext } from "../context.ts";
import { sql } from "../../db/sql-text.ts";

/** So many tries in a window of so many seconds, by one address or for one name. */
type Limit = { what: string; by: "address" | "name"; most: number; seconds: number };

/**
 * Counts one try against each limit, in the database, so that all processes count together.
 * @throws Problem rate_limited where one is passed, with the seconds to wait
 */
export async function limitAttempts(context: CoreContext, limits: readonly Limit[]): Promise<void> {
  const now = context.now();
  const keyed = limits
    .map((limit) => ({ ...limit, key: keyOf(limit.what) }))
    .toSorted((one, other) => (one.key < other.key ? -1 : 1));
  const counted = await context.db.sql<{ key: string; count: number; until: Date }[]>`
    insert into attempts (key, count, until)
    select key, 1, until from unnest(
      ${keyed.map(({ key }) => key)}::text[],
      ${keyed.map(({ seconds }) => new Date(now.getTime() + seconds * 1000).toISOString())}::text[]::timestamptz[]
    ) asked (key, until)
    on conflict (key) do update set
      count = case when attempts.until <= ${now} then 1 else attempts.count + 1 end,
      until = case when attempts.until <= ${now} then excluded.until else attempts.until end
    returning key, count, until`;
  const [longest] = counted
    .flatMap(({ key, count, until }) => {
      const limit = keyed.find((one) => one.key === key);
      return limit !== undefined && count > limit.most ? [{ by: limit.by, until }] : [];
    })
    .toSorted((one, other) => other.until.getTime() - one.until.getTime());
  if (longest === undefined) return;
  const retryAfterSeconds = Math.max(1, Math.ceil((longest.until.getTime() - now.getTime()) / 1000));
  const whose = longest.by === "address" ? "from this address" : "for this name";
  throw new Problem("rate_limited", `Too many tries ${whose}; try again in ${retryAfterSeconds} seconds.`, {
    retryAfterSeconds,
  });
}

/** Takes `tries` back from what was counted against a limit, or all of them: the one who tried is who they say. */
export async function forgiveAttempts({ db }: CoreContext, what: string, tries: number | "all"): Promise<void> {
  const key = keyOf(what);
  if (tries === "all") await db.sql`delete from attempts where key = ${key}`;
  else await db.sql`update attempts set count = greatest(0, count - ${tries}::int) where key = ${key}`;
}

/** Forgets, in a transaction, all tries that were counted against these limits. */
export async function forgetAttempts(tx: Pick<Tx, "rows">, whats: readonly string[]): Promise<void> {
  await tx.rows(sql`delete from attempts where key = any(${whats.map(keyOf)})`);
}

/** What wrong passwords for an agent's address are counted under. */
export function signInTries(email: string): string {
  return `sign-in ${email.trim().toLowerCase()}`;
}

function keyOf(what: string): string {
  return createHash("sha256").update(what).digest("base64url");
}

/** The address that tries are counted by: of IPv6 the first half, because one household has all of the other. */
export function addressToCount(address: string): string {
  if (!isIPv6(address) || address.startsWith("::ffff:")) return address.replace(/^::ffff:/, "");
  const [head = "", tail = ""] = address.split("::");
  const [front = [], back = []] = [head, tail].map((half) => half.split(":").filter((group) => group !== ""));
  const zeros = Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => "0");
  return [...front, ...zeros, ...back]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":");
}
