import { Link as TextButton } from "@fluentui/react-components";
import { Link } from "@tanstack/react-router";
import type { AuditRecord } from "../../contract/audit.ts";
import { pages } from "../../contract/pages.ts";
import type { Column } from "../kit/DataTable.tsx";
import { formatTime } from "../kit/format.ts";
import { AuditStatus } from "./AuditStatus.tsx";
import { readableChanges } from "./audit-changes.ts";
import { auditTexts } from "./audit-texts.ts";
import styles from "./AuditColumns.module.css";
import { recordWords } from "./operation-words.ts";

const words = auditTexts.audit;
const mostChanges = 2;

/** What a table shows of a record of the audit: what was done leads to the record, or to `onOpen` where that is given; `brief` where the rest of it stands beside. */
export function auditColumns(
  onOpen?: (record: AuditRecord) => void,
  { brief = false }: { brief?: boolean } = {},
): Column<AuditRecord>[] {
  return [
    {
      key: "operation",
      header: words.operation,
      narrow: "lead",
      width: "190px",
      cell: (record) =>
        onOpen === undefined ? (
          <Link to={pages.audit.path} search={{ ...searchOfRecord(record), record: record.id }} data-hit>
            {recordWords(record)}
          </Link>
        ) : (
          <TextButton as="button" onClick={() => onOpen(record)}>
            {recordWords(record)}
          </TextButton>
        ),
    },
    { key: "user", header: words.about, width: "200px", cell: (record) => <About record={record} /> },
    ...(brief
      ? []
      : [changes, { key: "by", header: words.by, width: "150px", cell: ({ actorName }: AuditRecord) => actorName }]),
    {
      key: "status",
      header: words.status,
      narrow: "end",
      width: "110px",
      cell: ({ status }) => <AuditStatus status={status} />,
    },
    { key: "at", header: words.at, width: "160px", cell: ({ at }) => formatTime(at) },
  ];
}

const changes: Column<AuditRecord> = {
  key: "changes",
  header: words.changes,
  narrow: "line",
  cell: (record) => <Changes record={record} />,
};

/** An audit so narrow that the record is among its first. */
function searchOfRecord({ batchId, userId, actorId, operation }: AuditRecord) {
  if (batchId !== null) return { batch: batchId, operation };
  return userId === null ? { agent: actorId, operation } : { user: userId, operation };
}

/** Whom a record is about, and at which customer. */
function About({ record: { userName, customerName } }: { record: AuditRecord }) {
  if (userName === null && customerName === null) return null;
  return (
    <span className={styles.about}>
      {userName !== null && <span className={styles.line}>{userName}</span>}
      {customerName !== null && <span className={styles.customer}>{customerName}</span>}
    </span>
  );
}

function Changes({ record }: { record: AuditRecord }) {
  const told = readableChanges(record);
  const rest = told.length - mostChanges;
  return (
    <span className={styles.changes}>
      {told
        .slice(0, mostChanges)
        .map(({ field, before, after }) => words.change(field, before, after))
        .join(" · ")}
      {rest > 0 && ` ${words.moreChanges(rest)}`}
    </span>
  );
}
