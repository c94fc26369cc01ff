import type { Database } from "../../../db/open-database.ts";

/** SQL that is true of a worker that has given a sign of life lately. */
export const livingSql = "seen_at > now() - interval '10 seconds'";

/** Says that the worker `id` lives and runs `slots` chunks at once. @returns the slots of all workers seen in the last ten seconds. */
export async function beat(db: Database, id: string, slots: number): Promise<number> {
  const [others] = await db.sql<{ slots: number }[]>`
    with own as (
      insert into workers (id, slots, seen_at) values (${id}, ${slots}, now())
      on conflict (id) do update set slots = excluded.slots, seen_at = excluded.seen_at
    )
    select coalesce(sum(slots), 0)::int as slots from workers
    where id <> ${id} and ${db.sql.unsafe(livingSql)}`;
  return slots + (others?.slots ?? 0);
}

/** Takes the worker `id` off the list of the living. */
export async function stopBeating(db: Database, id: string): Promise<void> {
  await db.sql`delete from workers where id = ${id}`;
}
