import { type InfiniteData, type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import type { Row } from "../../contract/batch.ts";
import { callRoute } from "../client/call-route.ts";
import { type CellEdits, type CellEditsState, makeCellEdits } from "./cell-edits.ts";
import { refreshBatch } from "./batch-queries.ts";
import { drafts } from "../client/drafts.ts";
import { keptCells } from "./kept-cells.ts";
import { meQuery } from "../client/me-query.ts";
import { useSession } from "../client/session.ts";
import { queryKeys } from "../client/query-keys.ts";

/** Changed cells of a batch, and what became of them. */
export type CellEditing = { edits: CellEdits; state: CellEditsState };

/**
 * The cells of a batch that are changed and not saved yet, for as long as the component is there; what waits then goes out,
 * and what cannot is offered to the agent who comes back to the batch.
 */
export function useCellEdits(batchId: string): CellEditing {
  const client = useQueryClient();
  const agentId = useQuery(meQuery).data?.id ?? "";
  const session = useSession();
  const [edits] = useState(() =>
    makeCellEdits(
      (rows) => callRoute("changeRows", { params: { batchId }, body: { rows } }),
      (rows) => {
        putRows(client, batchId, rows);
        void refreshBatch(client, batchId);
      },
      keptCells(
        drafts,
        { agentId, form: `cells ${batchId}` },
        () => client.getQueryData(meQuery.queryKey)?.id === agentId,
      ),
    ),
  );
  useEffect(() => {
    if (session === "signedIn") edits.flush();
  }, [edits, session]);
  useEffect(() => {
    const leave = () => {
      if (document.visibilityState === "hidden") edits.flush();
    };
    document.addEventListener("visibilitychange", leave);
    return () => {
      document.removeEventListener("visibilitychange", leave);
      edits.flush();
    };
  }, [edits]);
  return { edits, state: useSyncExternalStore(edits.watch, edits.state) };
}

/** Puts rows as they are now in the place of those that the pages have read. */
function putRows(client: QueryClient, batchId: string, rows: Row[]): void {
  const now = new Map(rows.map((row) => [row.rowNo, row]));
  client.setQueriesData<InfiniteData<{ items: Row[] }>>({ queryKey: queryKeys.rows(batchId) }, (list) =>
    list === undefined
      ? undefined
      : {
          ...list,
          pages: list.pages.map((page) => ({
            ...page,
            items: page.items.map((row) => now.get(row.rowNo) ?? row),
          })),
        },
  );
}
