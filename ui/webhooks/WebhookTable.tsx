import { Badge } from "@fluentui/react-components";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { isMail, mailAddress, type Webhook } from "../../contract/webhooks.ts";
import { pages } from "../../contract/pages.ts";
import { callRoute } from "../client/call-route.ts";
import { queryKeys } from "../client/query-keys.ts";
import { useAct } from "../client/use-act.ts";
import { AskDialog } from "../kit/AskDialog.tsx";
import { CommandButton } from "../kit/CommandButton.tsx";
import { type Column, DataTable } from "../kit/DataTable.tsx";
import { EmptyState } from "../kit/EmptyState.tsx";
import { MoreButton } from "../kit/MoreButton.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { Sheet } from "../kit/Section.tsx";
import { say } from "../kit/toasts.ts";
import { DeliveriesPanel } from "./DeliveriesPanel.tsx";
import { webhooksQuery } from "./webhook-queries.ts";
import { webhookTexts } from "./webhook-texts.ts";

const words = webhookTexts.webhooks;

type Ask = { act: "messages" | "test" | "switch" | "names" | "remove"; webhook: Webhook };

/** Webhooks with how they stand; each can be tried, switched off and on, and removed, and lists its messages. */
export function WebhookTable() {
  const client = useQueryClient();
  const list = useInfiniteQuery(webhooksQuery);
  const [asking, setAsking] = useState<Ask | null>(null);
  const close = () => setAsking(null);
  const refresh = () => client.invalidateQueries({ queryKey: queryKeys.webhooks() });
  const doing = useAct({ mutationFn: doAct, onSuccess: refresh });
  const items = list.data?.pages.flatMap((page) => page.items);
  if (list.isError && items === undefined) {
    return <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />;
  }
  const onAsk = (ask: Ask) => (ask.act === "messages" || ask.act === "remove" ? setAsking(ask) : doing.mutate(ask));
  return (
    <>
      {doing.isError && <ProblemNotice error={doing.error} />}
      <Sheet>
        {items?.length === 0 ? (
          <EmptyState title={words.empty} lead={words.emptyLead} />
        ) : (
          <DataTable label={pages.webhooks.title} columns={columns(onAsk)} items={items} itemKey={({ id }) => id} />
        )}
      </Sheet>
      <MoreButton list={list} />
      {asking?.act === "messages" && <DeliveriesPanel webhook={asking.webhook} onClose={close} />}
      {asking?.act === "remove" && (
        <AskDialog
          title={words.removeTitle(asking.webhook.name)}
          submit={words.remove}
          act={async () => {
            await callRoute("deleteWebhook", { params: { webhookId: asking.webhook.id } });
            say({ tone: "good", text: words.removed(asking.webhook.name) });
            await refresh();
          }}
          onClose={close}
        >
          <p>{words.removeLead}</p>
        </AskDialog>
      )}
    </>
  );
}

async function doAct({ act, webhook: { id, name, enabled, failedRows } }: Ask): Promise<void> {
  const params = { webhookId: id };
  if (act === "test") {
    await callRoute("testWebhook", { params });
    say({ tone: "good", text: words.tested });
  } else if (act === "names") {
    await callRoute("changeWebhook", { params, body: { failedRows: !failedRows } });
    say({ tone: "good", text: failedRows ? words.namesNoRows(name) : words.namesRows(name) });
  } else {
    await callRoute("changeWebhook", { params, body: { enabled: !enabled } });
    say({ tone: "good", text: enabled ? words.switchedOff(name) : words.switchedOn(name) });
  }
}

function columns(onAsk: (ask: Ask) => void): Column<Webhook>[] {
  return [
    { key: "name", header: words.name, narrow: "lead", cell: ({ name }) => name },
    {
      key: "address",
      header: words.address,
      narrow: "wideOnly",
      cell: ({ address }) => (isMail(address) ? mailAddress(address) : new URL(address).host),
    },
    {
      key: "customer",
      header: words.whose,
      cell: ({ customerName, failedRows }) =>
        [customerName ?? words.all, failedRows && words.withNames].filter(Boolean).join(", "),
    },
    { key: "status", header: words.status, width: "200px", cell: (webhook) => <Standing webhook={webhook} /> },
    {
      key: "acts",
      header: <span className="visually-hidden">{words.messages}</span>,
      narrow: "end",
      numeric: true,
      width: "160px",
      cell: (webhook) => (
        <CommandButton
          command={{
            key: "messages",
            label: words.messages,
            onUse: () => onAsk({ act: "messages", webhook }),
            menu: {
              label: words.more(webhook.name),
              commands: [
                { key: "test", label: words.test, onUse: () => onAsk({ act: "test", webhook }) },
                {
                  key: "switch",
                  label: webhook.enabled ? words.switchOff : words.switchOn,
                  onUse: () => onAsk({ act: "switch", webhook }),
                },
                {
                  key: "names",
                  label: webhook.failedRows ? words.nameNoRows : words.nameRows,
                  onUse: () => onAsk({ act: "names", webhook }),
                },
                { key: "remove", label: words.remove, onUse: () => onAsk({ act: "remove", webhook }) },
              ],
            },
          }}
        />
      ),
    },
  ];
}

function Standing({ webhook: { enabled, failed, waiting } }: { webhook: Webhook }) {
  if (!enabled) return <Badge appearance="tint">{words.off}</Badge>;
  if (failed > 0) {
    return (
      <Badge appearance="tint" color="danger">
        {words.failed(failed)}
      </Badge>
    );
  }
  return (
    <Badge appearance="tint" color={waiting > 0 ? "informative" : "success"}>
      {waiting > 0 ? words.waiting(waiting) : words.on}
    </Badge>
  );
}
