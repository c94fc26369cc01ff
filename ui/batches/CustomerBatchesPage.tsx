import { useSearch } from "@tanstack/react-router";
import { useCustomerId } from "../customers/use-customer-id.ts";
import { BatchList } from "./BatchList.tsx";

/** The batches of one customer. */
export function CustomerBatchesPage() {
  const search = useSearch({ from: "/frame/customer/customers/$customerId/batches" });
  return <BatchList customerId={useCustomerId()} search={search} />;
}
