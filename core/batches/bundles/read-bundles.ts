import type { Bundle, RefusedRow } from "../../../contract/bundle.ts";
import type { Page, PageQuery } from "../../../contract/paging.ts";
import type { Database } from "../../../db/open-database.ts";
import { mayReadSql } from "../../access/authority/may-read-sql.ts";
import type { Actor } from "../../actor.ts";
import type { CoreContext } from "../../context.ts";
import { cutPage, unpackCursor } from "../../paging.ts";
import { brakeOf, type BrakedPlan, fileOver } from "../plan/brake-of.ts";
import { approvalSql, hitsOfFileSql, limitsSql, looserAskedSql } from "../plan/read-braked.ts";
import { namedBySql } from "../read/named-by-sql.ts";
import { uniqueLabels } from "../read/list-rows.ts";

type BundleRecord = Omit<Bundle, "createdAt" | "toConfirm" | "toApprove" | "why" | "links"> & {
  createdAt: Date;
  ready: BrakedPlan[];
};

/** Gives a page of the files for many customers that the actor may see, those named by `q` where it is given, newest first. */
export async function listBundles(
  context: CoreContext,
  actor: Actor,
  { q, ...query }: PageQuery & { q?: string | undefined },
): Promise<Page<Bundle>> {
  const { sql } = context.db;
  const named = namedBySql(sql, "bundles", q);
  const [before = null] = unpackCursor(query.cursor, ["number"]) ?? [];
  const records = await sql<BundleRecord[]>`
    ${selectBundles(context, actor)} and ${named} and ${before === null ? sql`true` : sql`bundles.no < ${before}`}
    order by bundles.no desc limit ${query.limit + 1}`;
  const page = cutPage(records, query.limit, (last) => [last.no]);
  const items = page.items.map(bundleView);
  if (!query.count) return { ...page, items };
  const [counted] = await sql<{ total: number }[]>`
    select count(*)::int as total from bundles where ${maySeeSql(context, actor)} and ${named}`;
  return { ...page, items, total: counted?.total ?? 0 };
}

/** Gives a file for many customers, with those of its batches counted that the actor may see; null where they may see none. */
export async function getBundle(context: CoreContext, actor: Actor, id: string): Promise<Bundle | null> {
  const [record] = await context.db.sql<BundleRecord[]>`${selectBundles(context, actor)} and bundles.id = ${id}`;
  return record === undefined ? null : bundleView(record);
}

/**
 * Gives a page of the rows that went into no batch, in row order. They are of customers who are unknown, or whom the agent who
 * sent the file may not act for: nobody else sees them.
 */
export async function listRefused(
  context: CoreContext,
  actor: Actor,
  bundleId: string,
  query: PageQuery,
): Promise<Page<RefusedRow>> {
  const { sql } = context.db;
  const [after = 0] = unpackCursor(query.cursor, ["number"]) ?? [];
  const records = await sql<(Omit<RefusedRow, "input"> & { cells: string[]; header: string[] })[]>`
    select row_no as "rowNo", cells, code, field, message, header
    from refused_rows join bundles on bundles.id = refused_rows.bundle_id
    where bundle_id = ${bundleId} and ${isMakerSql(sql, actor)} and row_no > ${after}
    order by row_no limit ${query.limit + 1}`;
  const page = cutPage(records, query.limit, (last) => [last.rowNo]);
  const items = page.items.map(({ cells, header, ...row }) => {
    const labels = uniqueLabels(header);
    return { ...row, input: Object.fromEntries(cells.map((cell, at) => [labels[at] ?? `Column ${at + 1}`, cell])) };
  });
  if (!query.count) return { ...page, items };
  const [counted] = await sql<{ total: number }[]>`
    select count(*)::int as total from refused_rows join bundles on bundles.id = bundle_id
    where bundle_id = ${bundleId} and ${isMakerSql(sql, actor)}`;
  return { ...page, items, total: counted?.total ?? 0 };
}

/** SQL that is true where the actor has sent the file `bundles`, or may see everything. */
export function isMakerSql(sql: Database["sql"], { id, authority }: Actor) {
  return authority.kind === "unrestricted" ? sql`true` : sql`bundles.actor_id = ${id}`;
}

/** SQL that is true of a batch `batches` that the actor may see. */
export function seenBatchSql(context: CoreContext, actor: Actor) {
  return mayReadSql(context, actor.authority, context.db.sql`batches.customer_id`, "grant");
}

function maySeeSql(context: CoreContext, actor: Actor) {
  const { sql } = context.db;
  return sql`(${isMakerSql(sql, actor)} or exists (
    select from batches where bundle_id = bundles.id and ${seenBatchSql(context, actor)}))`;
}

const counts = ["pending", "succeeded", "unchanged", "partial", "failed", "cancelled"];
const totals = counts.map((state) => `'${state}', coalesce(sum(chunks.${state}), 0)`).join(", ");

function selectBundles(context: CoreContext, actor: Actor) {
  const { sql } = context.db;
  const seen = seenBatchSql(context, actor);
  return sql`
    select bundles.id, bundles.no, bundles.operation, bundles.file_name as "fileName", bundles.options, bundles.notes,
      bundles.rows, case when ${isMakerSql(sql, actor)} then bundles.refused else 0 end as refused,
      bundles.actor_name as "createdBy", bundles.actor_id as "createdById", bundles.created_at as "createdAt",
      (select count(*)::int from batches where bundle_id = bundles.id and ${seen}) as batches,
      (select coalesce(json_object_agg(state, batches), '{}') from (
        select state, count(*) as batches from batches where bundle_id = bundles.id and ${seen} group by state
      ) counted) as states,
      (select json_build_object(${sql.unsafe(totals)}) from chunks join batches on batches.id = chunks.batch_id
        where bundle_id = bundles.id and ${seen}) as totals,
      (select coalesce(json_agg(json_build_object('operation', batches.operation, 'state', batches.state,
          'planVersion', plan_version, 'hits', batches.hits, 'approval', ${sql.unsafe(approvalSql)},
          'limits', ${sql.unsafe(limitsSql)}, 'looserAsked', ${sql.unsafe(looserAskedSql)}, 'ofFile', file.hits)), '[]')
        from batches join customers on customers.id = batches.customer_id
          cross join (select ${sql.unsafe(hitsOfFileSql("bundles.id", null))} as hits) file
        where bundle_id = bundles.id and batches.state = 'ready' and ${seen}) as ready
    from bundles where ${maySeeSql(context, actor)}`;
}

function bundleView({ createdAt, ready, ...bundle }: BundleRecord): Bundle {
  const brakes = ready.map(brakeOf);
  const users = brakes.map((brake) => (brake.needs === "confirmation" ? brake.users : 0));
  const asking = brakes.filter(({ needs }) => needs === "approval").length;
  const [first] = ready;
  return {
    ...bundle,
    toConfirm: users.reduce((sum, one) => sum + one, 0),
    toApprove: asking,
    why: asking === 0 || first === undefined ? null : fileOver(first),
    createdAt: createdAt.toISOString(),
    links: bundleLinks(bundle.id),
  };
}

function bundleLinks(id: string): Record<string, string> {
  const self = `/v1/bundles/${id}`;
  return {
    self,
    batches: `/v1/batches?bundleId=${id}`,
    refused: `${self}/refused`,
    results: `${self}/results.csv`,
  };
}
