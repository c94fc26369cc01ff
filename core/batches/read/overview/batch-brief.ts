import { onePersonSql } from "../person-sql.ts";

/** SQL for the columns of a batch in a few words, of `batches` and `customers`. */
export const batchBriefSql = `batches.id as "batchId", batches.no as "batchNo",
  json_build_object('id', customers.id, 'name', customers.name) as customer, batches.operation,
  batches.file_name as "fileName", ${onePersonSql} as person, batches.state,
  (select coalesce(sum(pending + succeeded + unchanged + partial + failed + cancelled), 0)::int
    from chunks where batch_id = batches.id) as rows,
  batches.actor_name as "createdBy", batches.created_at as "createdAt"`;

/** Of the batches that there are, so many of the latest are looked at. */
const batchesLooked = 20_000;

/** SQL for the latest batches of the customers `$1`, or of all where that is null. */
export const latestBatchesSql = `(
  select * from batches where $1::uuid[] is null or customer_id = any($1) order by no desc limit ${batchesLooked})`;
