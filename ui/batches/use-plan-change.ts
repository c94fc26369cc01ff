import { useQueryClient } from "@tanstack/react-query";
import type { Batch } from "../../contract/batch.ts";
import type { RouteInput } from "../../contract/client.ts";
import { callRoute } from "../client/call-route.ts";
import { refreshBatch } from "./batch-queries.ts";
import { queryKeys } from "../client/query-keys.ts";
import { useAct } from "../client/use-act.ts";

type PlanChange = NonNullable<RouteInput<"changeBatch", AbortSignal>["body"]>;

/** Changes what a batch is planned by and has it planned again: only the plan that stands on the page. */
export function usePlanChange({ id: batchId, planVersion }: Batch, onSaved: () => void) {
  const client = useQueryClient();
  return useAct({
    mutationFn: (body: PlanChange) =>
      callRoute("changeBatch", { params: { batchId }, body, headers: { "if-match": `"${planVersion}"` } }),
    onSuccess: async (now) => {
      client.setQueryData(queryKeys.batch(batchId), now);
      // Rows of the old plan that no page shows now would be shown for a moment when one does.
      client.removeQueries({ queryKey: queryKeys.rows(batchId), type: "inactive" });
      await client.invalidateQueries({ queryKey: queryKeys.rows(batchId) });
      onSaved();
    },
    onSettled: () => void refreshBatch(client, batchId),
  });
}
