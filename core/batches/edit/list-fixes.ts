import type { Fix } from "../../../contract/fix.ts";
import type { CoreContext } from "../../context.ts";

const mostListed = 50;

/** Gives the fixes of a batch, the latest 50 first; with `fixId`, that one. */
export async function listFixes({ db: { sql } }: CoreContext, batchId: string, fixId?: string): Promise<Fix[]> {
  const fixes = await sql<(Omit<Fix, "at" | "undoneAt"> & { at: Date; undoneAt: Date | null })[]>`
    select id, label as column, rows, actor_name as by, created_at as at, undone_at as "undoneAt", kept
    from fixes where batch_id = ${batchId} ${fixId === undefined ? sql`` : sql`and id = ${fixId}`}
    order by created_at desc limit ${mostListed}`;
  return fixes.map((fix) => ({ ...fix, at: fix.at.toISOString(), undoneAt: fix.undoneAt?.toISOString() ?? null }));
}
