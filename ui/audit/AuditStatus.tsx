import { Badge } from "@fluentui/react-components";
import { auditTexts } from "./audit-texts.ts";

const words = auditTexts.audit;

/** Whether what a record is about was done or refused; only a refusal stands out. */
export function AuditStatus({ status }: { status: string }) {
  if (status === "succeeded") return words.succeeded;
  return (
    <Badge appearance="tint" color="warning">
      {status === "refused" ? words.refused : status}
    </Badge>
  );
}
