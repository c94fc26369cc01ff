import type { Database } from "../../db/open-database.ts";
import { interruptedUpload } from "./interrupted-upload.ts";

/** An upload's batch is written first and held soon after. */
const heldAfterSeconds = 30;

/** Rejects uploads whose process is gone: nobody holds their batch any more, `afterSeconds` after it was written. */
export async function rejectLostUploads(
  { sql }: Pick<Database, "sql">,
  afterSeconds: number = heldAfterSeconds,
): Promise<void> {
  const { code, message } = interruptedUpload;
  await sql`
    with lost as (
      select id from batches
      where state = 'staging' and created_at < now() - make_interval(secs => ${afterSeconds})
      order by id for update skip locked
    ), rejected as (
      update batches set state = 'rejected', finished_at = now(), stopped_code = ${code}, stopped_message = ${message}
      where id in (select id from lost) returning id
    )
    select pg_notify('muster_batch', id::text) from rejected`;
}
