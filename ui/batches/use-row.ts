import { useQuery } from "@tanstack/react-query";
import type { Batch, Row } from "../../contract/batch.ts";
import { callRoute } from "../client/call-route.ts";
import { queryKeys } from "../client/query-keys.ts";

/** One row of a batch that the table has not read, such as that of a link; `shown` is the row where the table has it. */
export function useRow(batch: Batch, rowNo: number | undefined, shown: Row | undefined) {
  const asks = rowNo !== undefined && shown === undefined;
  const { id: batchId, planVersion, totals } = batch;
  const found = useQuery({
    queryKey: queryKeys.row(batchId, rowNo ?? 0, { planVersion, totals }),
    queryFn: ({ signal }) => callRoute("getRow", { params: { batchId, rowNo: String(rowNo) }, signal }),
    enabled: asks,
    placeholderData: (earlier) => (earlier?.rowNo === rowNo ? earlier : undefined),
  });
  return { row: shown ?? (asks ? found.data : undefined), isLoading: asks && found.isPending };
}
