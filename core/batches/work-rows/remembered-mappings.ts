import type { Tx } from "../../../db/in-transaction.ts";
import type { Remembered } from "../../../db/schema/batches.ts";
import type { Actor } from "../../actor.ts";
import type { CoreContext } from "../../context.ts";
import type { Mapping } from "../../../files/columns/choose-columns.ts";
import { sql } from "../../../db/sql-text.ts";

/** A mapping that was chosen for an earlier file, with when and by whom. */
export type RememberedMapping = Remembered & { mapping: Mapping; byId: string | null };

/** Mappings of one customer that are looked at; the latest win. */
const mostMappings = 1000;

/** The mappings that were chosen for the customer's earlier files, by whomever, by the fingerprint of their header. */
export async function readMappings(
  context: CoreContext,
  customerId: string,
): Promise<ReadonlyMap<string, RememberedMapping>> {
  const rows = await context.db.sql<
    { fingerprint: string; mapping: Mapping; changedAt: Date; changedBy: string; byId: string | null }[]
  >`
    select fingerprint, mapping, changed_at as "changedAt", changed_by as "changedBy", changed_by_id as "byId" from mappings
    where customer_id = ${customerId} order by changed_at desc limit ${mostMappings}`;
  return new Map(
    rows.map(({ fingerprint, mapping, changedAt, changedBy, byId }) => [
      fingerprint,
      { mapping, at: changedAt.toISOString(), by: changedBy, byId },
    ]),
  );
}

/** Remembers a mapping for the customer's files with such a header, or forgets what was remembered where it is null. */
export async function rememberMapping(
  tx: Tx,
  actor: Actor,
  { customerId, fingerprint, mapping }: { customerId: string; fingerprint: string; mapping: Mapping | null },
): Promise<void> {
  if (mapping === null) {
    await tx.rows(sql`delete from mappings where customer_id = ${customerId} and fingerprint = ${fingerprint}`);
    return;
  }
  await tx.rows(
    sql`insert into mappings (customer_id, fingerprint, mapping, changed_by, changed_by_id)
     values (${customerId}, ${fingerprint}, ${JSON.stringify(mapping)}, ${actor.name}, ${actor.id})
     on conflict (customer_id, fingerprint) do update
     set mapping = excluded.mapping, changed_by = excluded.changed_by, changed_by_id = excluded.changed_by_id,
       changed_at = now()`,
  );
}

/** What a batch is told of the mapping that was remembered for its columns. */
export function rememberedNotes(remembered: Remembered | null): string[] {
  if (remembered === null) return [];
  const { at, by } = remembered;
  return [`The mapping that was chosen for files with these columns on ${at.slice(0, 10)} by ${by} was used.`];
}

/** What a batch that is applied at once is told of a mapping that another agent chose for its columns. */
export function unaskedNotes(mapping: RememberedMapping | undefined): string[] {
  if (mapping === undefined) return [];
  const { at, by } = mapping;
  return [
    `The mapping that was chosen for files with these columns on ${at.slice(0, 10)} by ${by} was not used, because this file is applied at once and nobody looks at its plan. Send the mapping with the file, or upload without applying.`,
  ];
}
