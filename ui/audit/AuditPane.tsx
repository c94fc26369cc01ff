import { Link } from "@tanstack/react-router";
import type { AuditRecord } from "../../contract/audit.ts";
import { pages } from "../../contract/pages.ts";
import { ChangeTable } from "../kit/ChangeTable.tsx";
import { DetailsPane } from "../kit/DetailsPane.tsx";
import { FactList } from "../kit/FactList.tsx";
import { formatTime } from "../kit/format.ts";
import { texts } from "../kit/texts.ts";
import { auditChanges } from "./audit-changes.ts";
import { auditTexts } from "./audit-texts.ts";
import styles from "./AuditPane.module.css";
import { AuditStatus } from "./AuditStatus.tsx";
import { recordWords } from "./operation-words.ts";

const words = auditTexts.audit;

/** One record: who did what when, each field before and after, and the way to its batch, row and user. */
export function AuditPane({
  record,
  onClose,
  onPrevious,
  onNext,
}: {
  record: AuditRecord;
  onClose: () => void;
  onPrevious: (() => void) | undefined;
  onNext: (() => void) | undefined;
}) {
  const { actorName, at, status, batchId, rowNo, userId, userName, customerName } = record;
  return (
    <DetailsPane
      label={words.details}
      title={recordWords(record)}
      onClose={onClose}
      onPrevious={onPrevious}
      onNext={onNext}
    >
      <FactList
        facts={[
          ...(userName === null ? [] : [{ label: words.user, value: userName }]),
          ...(customerName === null ? [] : [{ label: words.customer, value: customerName }]),
          { label: words.by, value: actorName },
          { label: words.at, value: formatTime(at) },
          { label: words.status, value: <AuditStatus status={status} /> },
        ]}
      />
      <Changes record={record} />
      <div className={styles.links}>
        {batchId !== null && (
          <Link to={pages.batch.path} params={{ batchId }} search={rowNo === null ? {} : { row: rowNo }}>
            {rowNo === null ? words.openBatch : words.openRow(rowNo)}
          </Link>
        )}
        {userId !== null && (
          <Link to={pages.audit.path} search={{ user: userId }}>
            {words.openUser}
          </Link>
        )}
      </div>
    </DetailsPane>
  );
}

function Changes({ record }: { record: AuditRecord }) {
  const changes = auditChanges(record);
  if (changes.length === 0) return <p>{words.noChanges}</p>;
  const both = record.before !== null && record.after !== null;
  if (!both) {
    return (
      <FactList
        title={record.after === null ? texts.changes.before : texts.changes.after}
        facts={changes.map(({ field, before, after }) => ({ label: field, value: after ?? before }))}
      />
    );
  }
  return <ChangeTable lines={changes.map(({ field, ...values }) => ({ label: field, ...values }))} />;
}
