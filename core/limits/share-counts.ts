import type { CoreContext } from "../context.ts";

/** Adds what this process counted in the window that opened at `opensAt`, and gives what all have counted by then. */
export async function shareCounts(
  { db }: Pick<CoreContext, "db">,
  opensAt: Date,
  counted: ReadonlyMap<string, number>,
): Promise<Map<string, number>> {
  // In one order, because two processes share the counts of the same keys at the same moment.
  const keys = [...counted.keys()].toSorted();
  const totals = await db.sql<{ key: string; count: number }[]>`
    insert into request_counts (key, opens_at, count)
    select key, ${opensAt}, count
    from unnest(${keys}::text[], ${keys.map((key) => counted.get(key) ?? 0)}::int[]) counted (key, count)
    on conflict (key, opens_at) do update set count = request_counts.count + excluded.count
    returning key, count`;
  return new Map(totals.map(({ key, count }) => [key, count]));
}
