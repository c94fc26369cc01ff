import { Button } from "@fluentui/react-components";
import { ArrowDownloadRegular } from "@fluentui/react-icons/svg/arrow-download";
import type { AuditFilter } from "../../contract/audit.ts";
import { routeAddress } from "../../contract/route-address.ts";
import { auditTexts } from "./audit-texts.ts";

const words = auditTexts.audit;

/** Downloads the records that match as a CSV file. */
export function AuditDownload({ filter }: { filter: AuditFilter }) {
  return (
    <Button
      as="a"
      href={routeAddress("downloadAudit", { query: filter })}
      download
      title={words.csvHint}
      icon={<ArrowDownloadRegular />}
    >
      {words.csv}
    </Button>
  );
}
