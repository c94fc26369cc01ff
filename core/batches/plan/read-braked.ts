import { Problem } from "../../../contract/problem.ts";
import { sql } from "../../../db/sql-text.ts";
import { askedForAllSql, limitsForAllSql } from "../../directory/customers/brake-limits.ts";
import type { Asks } from "../../sql/asks.ts";
import type { BrakedPlan, FileHits } from "./brake-of.ts";

/** SQL for the limits that count at the customer of `customers`; null where nobody has set any. */
export const limitsSql = `coalesce(customers.brakes, ${limitsForAllSql})`;

/** SQL that is true where looser limits for the customer of `customers` wait for another Admin agent. */
export const looserAskedSql = `(customers.brakes_asked is not null
  or (customers.brakes is null and ${askedForAllSql} is not null))`;

/**
 * SQL for what all plans of the file for many customers `bundleId` hit together, as `FileHits`. Started ones count as well: a file
 * is not smaller because it is applied bit by bit. One that was cancelled before it started counts only where it is `batchId`, whose
 * rows are tried again.
 */
export const hitsOfFileSql = (bundleId: string, batchId: string | null): string => `(
  select json_build_object('users', coalesce(sum((part.hits ->> 'users')::int), 0), 'customers', count(*), 'limits', ${limitsForAllSql})
  from batches part
  where part.bundle_id = ${bundleId} and (part.hits ->> 'users')::int > 0
    and (part.state <> 'cancelled' or part.started_at is not null or part.id = ${batchId ?? "null"}))`;

/** SQL for the hits of the file that a plan of `batches` is a part of; null where it is of none, or hits nobody itself. */
export const ofFileSql = `case when batches.bundle_id is not null and (batches.hits ->> 'users')::int > 0
  then ${hitsOfFileSql("batches.bundle_id", "batches.id")} end`;

/** SQL for the question of a batch as a `ReadApproval`: a retry can name a hundred thousand rows. */
export const approvalSql = "batches.approval #- '{retry,selection}'";

/** Reads what all plans of a file for many customers hit together, none of which is tried again. */
export async function readHitsOfFile(asks: Asks, bundleId: string): Promise<FileHits | null> {
  const [file] = await asks.rows<{ hits: FileHits }>(
    sql`select ${sql.unsafe(hitsOfFileSql("bundles.id", null))} as hits from bundles where id = ${bundleId}`,
  );
  return file?.hits ?? null;
}

/**
 * Reads what decides whether the plan of a batch may start by itself. `ofFile` is what its file hits, where the caller knows that.
 * @throws Problem not_found
 */
export async function readBraked(asks: Asks, batchId: string, ofFile?: FileHits | null): Promise<BrakedPlan> {
  const file = ofFile === undefined ? sql.unsafe(ofFileSql) : sql`${JSON.stringify(ofFile)}::json`;
  const [braked] = await asks.rows<BrakedPlan>(sql`
    select operation, state, plan_version as "planVersion", hits, ${sql.unsafe(approvalSql)} as approval,
      ${sql.unsafe(limitsSql)} as limits, ${sql.unsafe(looserAskedSql)} as "looserAsked",
      ${file} as "ofFile"
    from batches join customers on customers.id = batches.customer_id where batches.id = ${batchId}`);
  if (braked === undefined) throw new Problem("not_found", "There is no such batch.");
  return braked;
}
