import type { AuditFilter, AuditRecord } from "../../../contract/audit.ts";
import type { Page, PageQuery } from "../../../contract/paging.ts";
import type { Readable } from "../../access/authority/readable-customers.ts";
import type { CoreContext } from "../../context.ts";
import { cutPage, unpackCursor } from "../../paging.ts";
import { asksOf } from "../../sql/asks.ts";
import { countAudit, selectAudit, type AuditRow } from "./select-audit.ts";
import { viewRecords } from "./view-records.ts";

/** Gives a page of the records of the customers that are `readable`, the latest first. @throws Problem body_invalid for a foreign cursor */
export async function listAudit(
  context: CoreContext,
  readable: Readable,
  { limit, cursor, count, ...filter }: PageQuery & AuditFilter,
): Promise<Page<AuditRecord>> {
  const asks = asksOf(context.db.pool);
  const place = unpackCursor(cursor, ["time", "serial"]);
  const behind = place && { at: String(place[0]), id: Number(place[1]) };
  const rows = await asks.rows<AuditRow>(selectAudit(filter, readable, behind, limit + 1));
  const page = cutPage(rows, limit, (last) => [last.exactAt, last.id]);
  const items = await viewRecords(context.db, page.items);
  if (!count) return { ...page, items };
  const [counted] = await asks.rows<{ total: number }>(countAudit(filter, readable));
  return { ...page, items, total: counted?.total ?? 0 };
}
