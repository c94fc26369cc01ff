import { useNavigate, useSearch } from "@tanstack/react-router";
import { pages } from "../../contract/pages.ts";
import { BatchList } from "./BatchList.tsx";
import { useCustomerId } from "../customers/use-customer-id.ts";

/** The batches of one customer. */
export function CustomerBatchesPage() {
  const from = "/frame/customer/customers/$customerId/batches";
  const customerId = useCustomerId();
  const { q = "", state } = useSearch({ from });
  const navigate = useNavigate({ from: pages.customerBatches.path });
  return (
    <BatchList
      customerId={customerId}
      q={q}
      state={state}
      onFilter={(search) => void navigate({ search, replace: true })}
    />
  );
}
