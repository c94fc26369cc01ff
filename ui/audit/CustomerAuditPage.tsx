import { useSearch } from "@tanstack/react-router";
import { useCustomerId } from "../customers/use-customer-id.ts";
import { AuditDownload } from "./AuditDownload.tsx";
import { auditFilter } from "./audit-filter.ts";
import { AuditFilters } from "./AuditFilters.tsx";
import { AuditList } from "./AuditList.tsx";

/** What was done and refused at one customer, by whom and when. */
export function CustomerAuditPage() {
  const customer = useCustomerId();
  const { record, ...search } = useSearch({ from: "/frame/customer/customers/$customerId/audit" });
  const filter = auditFilter({ ...search, customer });
  return (
    <>
      <AuditFilters search={search} end={<AuditDownload filter={filter} />} />
      <AuditList filter={filter} openId={record} />
    </>
  );
}
