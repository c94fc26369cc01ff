import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { routeAddress } from "../../contract/route-address.ts";
import { callRoute } from "../client/call-route.ts";
import { noteReached } from "../client/reach.ts";
import { refreshBatch } from "./batch-queries.ts";

const quietMs = 500;
const againMs = 5_000;

/**
 * Listens to the api's hints for as long as the component is there, and reads again what moved: a batch at most twice a
 * second. A stream that the api refused (the session is over) is opened again every 5 s.
 */
export function useBatchHints(): void {
  const client = useQueryClient();
  useEffect(() => {
    const waiting = new Map<string, ReturnType<typeof setTimeout>>();
    let stream: EventSource;
    let broken = false;
    let again: ReturnType<typeof setTimeout> | undefined;

    const hear = (batchId: string) => {
      if (waiting.has(batchId)) return;
      waiting.set(
        batchId,
        setTimeout(() => {
          waiting.delete(batchId);
          void refreshBatch(client, batchId);
        }, quietMs),
      );
    };
    const open = () => {
      stream = new EventSource(routeAddress("streamEvents"));
      stream.addEventListener("batch", ({ data }: MessageEvent<string>) => {
        hear((JSON.parse(data) as { batchId: string }).batchId);
      });
      stream.addEventListener("resync", () => void client.invalidateQueries());
      stream.addEventListener("open", () => {
        noteReached(true);
        // Hints that were given meanwhile are lost.
        if (broken) void client.invalidateQueries();
        broken = false;
      });
      stream.addEventListener("error", () => {
        broken = true;
        // The browser opens it again; whether the server is away or only the stream broke off is asked.
        if (stream.readyState === EventSource.CONNECTING) void callRoute("getMe", {}).catch(() => undefined);
        if (stream.readyState === EventSource.CLOSED) again = setTimeout(open, againMs);
      });
    };
    open();
    return () => {
      stream.close();
      clearTimeout(again);
      for (const timer of waiting.values()) clearTimeout(timer);
    };
  }, [client]);
}
