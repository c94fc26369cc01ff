import type { AuditFilter } from "../../../contract/audit.ts";
import { inTransaction } from "../../../db/in-transaction.ts";
import type { Readable } from "../../access/authority/readable-customers.ts";
import type { CoreContext } from "../../context.ts";
import { csvLine } from "../../../files/csv/write-csv.ts";
import { selectAudit, type AuditPlace, type AuditRow } from "./select-audit.ts";
import { sql } from "../../../db/sql-text.ts";

const pageRecords = 2000;
const header =
  "Record,Time (UTC),Agent,Agent id,Customer id,Operation,Status,Batch id,Row,User id,Customer,User,Before,After".split(
    ",",
  );

/** Writes the records of the customers that are `readable` and that match as CSV in pieces, the latest first. */
export async function* writeAudit(
  context: CoreContext,
  readable: Readable,
  filter: AuditFilter,
): AsyncIterable<string> {
  yield `\uFEFF${csvLine(header)}`;
  for (let place: AuditPlace | null = null; ;) {
    const page: AuditRow[] = await readPage(context, filter, readable, place);
    const last = page.at(-1);
    if (last === undefined) return;
    yield page.map(recordLine).join("");
    place = { at: last.exactAt, id: last.id };
  }
}

async function readPage(context: CoreContext, filter: AuditFilter, readable: Readable, place: AuditPlace | null) {
  return await inTransaction(context.db.pool, async (tx) => {
    // Collecting and sorting all that match is a good way to one page, but not to each of a thousand.
    await tx.rows(sql`set local enable_bitmapscan = off`);
    return await tx.rows<AuditRow>(selectAudit(filter, readable, place, pageRecords));
  });
}

function recordLine(record: AuditRow): string {
  return csvLine([
    String(record.id),
    record.at.toISOString(),
    record.actorName,
    record.actorId,
    record.customerId,
    record.operation,
    record.status,
    record.batchId,
    record.rowNo === null ? null : String(record.rowNo),
    record.userId,
    record.customerName,
    record.userName,
    record.before && JSON.stringify(record.before),
    record.after && JSON.stringify(record.after),
  ]);
}
