import { sql, type SqlText } from "../../../../db/sql-text.ts";
import { onePersonSql } from "../person-sql.ts";

/** SQL for the columns of a batch in a few words, of `batches` and `customers`. */
export const batchBriefSql = sql`batches.id as "batchId", batches.no as "batchNo",
  json_build_object('id', customers.id, 'name', customers.name) as customer, batches.operation,
  batches.file_name as "fileName", ${sql.unsafe(onePersonSql)} as person, batches.state,
  (select coalesce(sum(pending + succeeded + unchanged + partial + failed + cancelled), 0)::int
    from chunks where batch_id = batches.id) as rows,
  batches.actor_name as "createdBy", batches.created_at as "createdAt"`;

/** The customers that are looked at; null stands for all. */
export type Among = readonly string[] | null;

/** Of the batches that there are, so many of the latest are looked at. */
const batchesLooked = 20_000;

/** SQL for the latest batches of the customers `among`, or of all where that is null. */
export function latestBatchesSql(among: Among): SqlText {
  return sql`(select * from batches where ${amongSql(among)} order by no desc limit ${batchesLooked})`;
}

/** SQL that is true of what is at one of the customers `among`, or of all where that is null. */
export function amongSql(among: Among): SqlText {
  return among === null ? sql`true` : sql`customer_id = any(${among}::uuid[])`;
}
