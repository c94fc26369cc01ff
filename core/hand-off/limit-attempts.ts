import { createHash } from "node:crypto";
import { isIPv6 } from "node:net";
import { Problem } from "../../contract/problem.ts";
import type { CoreContext } from "../context.ts";

/** So many tries in a window of so many seconds, by one address or for one name. */
type Limit = { what: string; most: number; seconds: number };

/**
 * Counts one try against each limit, in the database, so that all processes count together.
 * @throws Problem rate_limited where one is passed, with the seconds to wait
 */
export async function limitAttempts(context: CoreContext, limits: readonly Limit[]): Promise<void> {
  const now = context.now();
  const keyed = limits
    .map((limit) => ({ ...limit, key: createHash("sha256").update(limit.what).digest("base64url") }))
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
  const waits = counted
    .filter(({ key, count }) => count > (keyed.find((limit) => limit.key === key)?.most ?? 0))
    .map(({ until }) => Math.ceil((until.getTime() - now.getTime()) / 1000));
  if (waits.length === 0) return;
  const retryAfterSeconds = Math.max(1, ...waits);
  throw new Problem("rate_limited", `Too many tries; try again in ${retryAfterSeconds} seconds.`, {
    retryAfterSeconds,
  });
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
