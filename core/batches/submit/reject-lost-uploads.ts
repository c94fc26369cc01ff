import type { Database } from "../../../db/open-database.ts";
import { sql as tag } from "../../../db/sql-text.ts";
import { moveBatches } from "../state/move-batches.ts";
import { asksOf } from "../../sql/asks.ts";
import { interruptedUpload } from "./interrupted-upload.ts";

/** An upload's batch is written first and held soon after. */
const heldAfterSeconds = 30;

/** Rejects uploads whose process is gone: nobody holds their batch any more, `afterSeconds` after it was written. */
export async function rejectLostUploads(
  { pool, sql }: Pick<Database, "pool" | "sql">,
  afterSeconds: number = heldAfterSeconds,
): Promise<void> {
  const old = await sql<{ id: string }[]>`
    select id from batches where state = 'staging' and created_at < now() - make_interval(secs => ${afterSeconds})`;
  if (old.length === 0) return;
  const ids = old.map(({ id }) => id);
  await moveBatches(asksOf(pool), "reject", ids, {
    set: tag`stopped_code = ${interruptedUpload.code}, stopped_message = ${interruptedUpload.message}`,
    // Whoever reads a file has its batch locked.
    skipLocked: true,
  });
}
