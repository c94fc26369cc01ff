import { useQueryClient } from "@tanstack/react-query";
import { callRoute } from "../client/call-route.ts";
import { queryKeys } from "../client/query-keys.ts";
import { refreshBatch } from "./batch-queries.ts";
import { type DoneFix, type FixedCell, writeCells } from "./fix-all.ts";

/** Writes the cells of a fix, or takes them back, and reads again what the page shows of the batch. */
export function useCellWriter(batchId: string) {
  const client = useQueryClient();
  return async (
    fix: DoneFix,
    as: "after" | "before",
    onWritten: (cells: number) => void = () => undefined,
  ): Promise<{ written: FixedCell[]; problem: unknown }> => {
    const result = await writeCells(
      async (rows) => await callRoute("changeRows", { params: { batchId }, body: { rows } }),
      fix,
      as,
      onWritten,
    );
    await client.invalidateQueries({ queryKey: queryKeys.rows(batchId) });
    await refreshBatch(client, batchId);
    return result;
  };
}
