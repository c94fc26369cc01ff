import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { BatchList } from "../parts/BatchList.tsx";

/** The batches of one customer. */
export function CustomerBatchesTab() {
  const from = "/frame/customers/$customerId/batches";
  const { customerId } = useParams({ from });
  const { q = "", state } = useSearch({ from });
  const navigate = useNavigate({ from: "/customers/$customerId/batches" });
  return (
    <BatchList
      customerId={customerId}
      q={q}
      state={state}
      onFilter={(search) => void navigate({ search, replace: true })}
    />
  );
}
