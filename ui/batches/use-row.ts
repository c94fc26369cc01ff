import { useQuery } from "@tanstack/react-query";
import type { Batch, Row } from "../../contract/batch.ts";
import { rowsByNoQuery } from "./batch-queries.ts";

/** One row of a batch that the table has not read, such as that of a link; `shown` is the row where the table has it. */
export function useRow(batch: Batch, rowNo: number | undefined, shown: Row | undefined) {
  const asks = rowNo !== undefined && shown === undefined;
  const found = useQuery({ ...rowsByNoQuery(batch, asks ? [rowNo] : []), enabled: asks });
  const row = asks ? found.data?.find((one) => one.rowNo === rowNo) : shown;
  return { row, isLoading: asks && row === undefined && found.isFetching };
}
