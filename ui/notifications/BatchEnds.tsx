import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { pageAddress, pages } from "../../contract/pages.ts";
import { callRoute } from "../client/call-route.ts";
import { queryKeys } from "../client/query-keys.ts";
import { whileAway } from "../client/while-away.ts";
import { say } from "../kit/toasts.ts";
import { type BatchEnd, batchEnd } from "./batch-end.ts";
import { notificationTexts } from "./notification-texts.ts";

const runningMs = 5_000;
const mostBatches = 200;

/**
 * Tells the agent when a batch that they made ends or stops: by the browser where the page is not looked at, by a toast
 * where it is. Batches are asked for on the api's hints, and every 5 s only while one of the agent's own runs.
 */
export function BatchEnds({ agentId }: { agentId: string }) {
  const navigate = useNavigate();
  const live = useQuery({
    queryKey: queryKeys.liveBatches(agentId),
    queryFn: async ({ signal }) => {
      const [running, scheduled] = await Promise.all(
        (["running", "scheduled"] as const).map((state) =>
          callRoute("listBatches", { query: { agentId, state, limit: mostBatches }, signal }),
        ),
      );
      return {
        running: (running?.items ?? []).map(({ id }) => id),
        scheduled: (scheduled?.items ?? []).map(({ id }) => id),
      };
    },
    refetchInterval: ({ state }) => whileAway(state) || ((state.data?.running.length ?? 0) > 0 && runningMs),
    refetchIntervalInBackground: true,
  });
  const known = useRef<ReadonlySet<string>>(new Set());
  useEffect(() => {
    if (live.data === undefined) return;
    const now = new Set([...live.data.running, ...live.data.scheduled]);
    const gone = [...known.current].filter((id) => !now.has(id));
    known.current = now;
    for (const batchId of gone)
      void tellEnd(batchId, () => void navigate({ to: pages.batch.path, params: { batchId } }));
  }, [live.data, navigate]);
  return null;
}

async function tellEnd(batchId: string, open: () => void): Promise<void> {
  // A batch that cannot be read any more is none to tell of.
  const batch = await callRoute("getBatch", { params: { batchId } }).catch(() => null);
  const end = batch === null ? null : batchEnd(batch);
  if (end === null) return;
  const isLookedAt = document.visibilityState === "visible" && document.hasFocus();
  if (!isLookedAt && showNotification(batchId, end, open)) return;
  const to = pageAddress("batch", { batchId });
  // There it stands on the page.
  if (isLookedAt && location.pathname === to) return;
  say({ tone: end.tone, text: `${end.title}. ${end.text}`, link: { label: notificationTexts.notifications.open, to } });
}

/** Whether the browser took it. */
function showNotification(batchId: string, { title, text }: BatchEnd, open: () => void): boolean {
  try {
    // The tag: one notification, however many tabs are open.
    const shown = new Notification(title, { body: text, tag: batchId });
    shown.addEventListener("click", () => {
      window.focus();
      open();
      shown.close();
    });
    return true;
  } catch {
    // Phones take notifications from elsewhere only.
    return false;
  }
}
