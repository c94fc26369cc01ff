import { infiniteQueryOptions } from "@tanstack/react-query";
import { callRoute } from "../client/call-route.ts";
import { queryKeys } from "../client/query-keys.ts";

const watchMs = 3_000;

/** Webhooks, the latest first. */
export const webhooksQuery = infiniteQueryOptions({
  queryKey: queryKeys.webhooks(),
  queryFn: ({ pageParam, signal }) => callRoute("listWebhooks", { query: { cursor: pageParam }, signal }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next ?? undefined,
});

/** Messages to a webhook, the latest first; asked for again every three seconds while they are looked at. */
export function deliveriesQuery(webhookId: string) {
  return infiniteQueryOptions({
    queryKey: queryKeys.deliveries(webhookId),
    queryFn: ({ pageParam, signal }) =>
      callRoute("listDeliveries", { params: { webhookId }, query: { cursor: pageParam, limit: 50 }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: watchMs,
  });
}
