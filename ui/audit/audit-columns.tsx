import { Link } from "@tanstack/react-router";
import type { AuditRecord } from "../../contract/audit.ts";
import { pages } from "../../contract/pages.ts";
import type { Column } from "../kit/DataTable.tsx";
import { formatTime } from "../kit/format.ts";
import { texts } from "../kit/texts.ts";
import { auditTexts } from "./audit-texts.ts";

const words = auditTexts.audit;

/** What a table shows of a record of the audit. */
export const auditColumns: Column<AuditRecord>[] = [
  {
    key: "operation",
    header: words.operation,
    narrow: "lead",
    cell: ({ operation, batchId, rowNo }) =>
      batchId === null ? (
        operation
      ) : (
        <Link to={pages.batch.path} params={{ batchId }} search={rowNo === null ? {} : { row: rowNo }}>
          {operation}
        </Link>
      ),
  },
  { key: "by", header: words.by, cell: ({ actorName }) => actorName },
  { key: "status", header: words.status, narrow: "end", width: "120px", cell: ({ status }) => status },
  { key: "at", header: words.at, width: "170px", cell: ({ at }) => formatTime(at) },
  {
    key: "row",
    header: texts.errors.rowWord,
    numeric: true,
    narrow: "wideOnly",
    width: "80px",
    cell: ({ rowNo }) => rowNo,
  },
];
