import { useSearch } from "@tanstack/react-router";
import { pages } from "../../contract/pages.ts";
import { PageHead } from "../kit/PageHead.tsx";
import { useTitle } from "../kit/use-title.ts";
import { AuditDownload } from "./AuditDownload.tsx";
import { auditFilter } from "./audit-filter.ts";
import { AuditFilters } from "./AuditFilters.tsx";
import { AuditList } from "./AuditList.tsx";

/** What was done and refused at all customers, by whom and when. */
export function AuditPage() {
  useTitle(pages.audit.title);
  const { record, ...search } = useSearch({ from: "/frame/audit" });
  const filter = auditFilter(search);
  return (
    <>
      <PageHead title={pages.audit.title}>
        <AuditDownload filter={filter} />
      </PageHead>
      <AuditFilters search={search} withCustomer />
      <AuditList filter={filter} openId={record} />
    </>
  );
}
