import { Badge } from "@fluentui/react-components";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { pages } from "../../contract/pages.ts";
import type { BatchNews, BundleNews, Delivery, Webhook } from "../../contract/webhooks.ts";
import { callRoute } from "../client/call-route.ts";
import { queryKeys } from "../client/query-keys.ts";
import { useAct } from "../client/use-act.ts";
import { CommandButton } from "../kit/CommandButton.tsx";
import { type Column, DataTable } from "../kit/DataTable.tsx";
import { EmptyState } from "../kit/EmptyState.tsx";
import { formatTime } from "../kit/format.ts";
import { MoreButton } from "../kit/MoreButton.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { SidePanel } from "../kit/SidePanel.tsx";
import { say } from "../kit/toasts.ts";
import { deliveriesQuery } from "./webhook-queries.ts";
import { webhookTexts } from "./webhook-texts.ts";

const { deliveries: words, webhookEvents, deliveryFaults } = webhookTexts;
const colors = { waiting: "informative", delivered: "success", failed: "danger" } as const;

/** The messages to a webhook with what became of each, any of which can be sent again. */
export function DeliveriesPanel({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const client = useQueryClient();
  const list = useInfiniteQuery(deliveriesQuery(webhook.id));
  const items = list.data?.pages.flatMap((page) => page.items);
  const sending = useAct({
    mutationFn: async ({ id }: Delivery) => {
      await callRoute("resendDelivery", { params: { webhookId: webhook.id, deliveryId: id } });
      say({ tone: "good", text: words.sentAgain });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.deliveries(webhook.id) }),
  });
  return (
    <SidePanel title={words.title(webhook.name)} lead={words.lead} onClose={onClose} wide>
      {sending.isError && <ProblemNotice error={sending.error} />}
      {list.isError && items === undefined && <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
      {items?.length === 0 ? (
        <EmptyState heading="h3" title={words.empty} lead={words.emptyLead} />
      ) : (
        <DataTable
          label={words.title(webhook.name)}
          columns={columns((delivery) => sending.mutate(delivery))}
          items={items}
          itemKey={({ id }) => id}
        />
      )}
      <MoreButton list={list} />
    </SidePanel>
  );
}

function columns(onAgain: (delivery: Delivery) => void): Column<Delivery>[] {
  return [
    { key: "about", header: words.about, narrow: "lead", cell: ({ message }) => webhookEvents[message.type] },
    {
      key: "batch",
      header: words.batch,
      narrow: "line",
      width: "90px",
      cell: ({ message: { data } }) => data !== null && <About data={data} />,
    },
    {
      key: "at",
      header: words.at,
      narrow: "line",
      width: "170px",
      cell: ({ message }) => formatTime(message.timestamp),
    },
    { key: "state", header: words.outcome, narrow: "line", cell: (delivery) => <Outcome {...delivery} /> },
    {
      key: "again",
      header: <span className="visually-hidden">{words.again}</span>,
      narrow: "end",
      numeric: true,
      width: "120px",
      cell: (delivery) => (
        <CommandButton command={{ key: "again", label: words.again, onUse: () => onAgain(delivery) }} />
      ),
    },
  ];
}

function About({ data }: { data: BatchNews | BundleNews }) {
  if ("bundleId" in data) {
    return (
      <Link to={pages.bundle.path} params={{ bundleId: data.bundleId }}>
        {words.file(data.bundleNo)}
      </Link>
    );
  }
  return (
    <Link to={pages.batch.path} params={{ batchId: data.batchId }}>
      {data.batchNo}
    </Link>
  );
}

function Outcome({ state, attempts, status, fault, nextAt }: Delivery) {
  const why = [
    ...(fault === null ? [] : [deliveryFaults[fault]]),
    ...(status === null ? [] : [words.answered(status)]),
    ...(attempts > 1 ? [words.attempts(attempts)] : []),
    ...(nextAt === null || attempts === 0 ? [] : [words.nextAt(formatTime(nextAt))]),
  ];
  return (
    <>
      <Badge appearance="tint" color={colors[state]}>
        {words.states[state]}
      </Badge>{" "}
      {why.join(" · ")}
    </>
  );
}
