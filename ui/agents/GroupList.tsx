import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import type { Group } from "../../contract/authority.ts";
import { callRoute } from "../client/call-route.ts";
import { CommandButton } from "../kit/CommandButton.tsx";
import { ConfirmDialog } from "../kit/ConfirmDialog.tsx";
import { type Column, DataTable } from "../kit/DataTable.tsx";
import { EmptyState } from "../kit/EmptyState.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { Sheet } from "../kit/Section.tsx";
import { say } from "../kit/toasts.ts";
import { groupsQuery } from "./agent-queries.ts";
import { agentTexts } from "./agent-texts.ts";
import { useAgentsRefresh } from "./use-agents-refresh.ts";

const GroupDialog = lazy(async () => ({ default: (await import("./GroupDialog.tsx")).GroupDialog }));

const words = agentTexts.groups;

/** The groups of agents, which can be changed and removed. */
export function GroupList() {
  const list = useQuery(groupsQuery);
  const refresh = useAgentsRefresh();
  const [asking, setAsking] = useState<{ act: "change" | "remove"; group: Group } | null>(null);
  const close = () => setAsking(null);
  if (list.isError && list.data === undefined) {
    return <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />;
  }
  return (
    <>
      <Sheet>
        {list.data?.length === 0 ? (
          <EmptyState title={words.empty} lead={words.emptyLead} />
        ) : (
          <DataTable
            label={agentTexts.agents.groups}
            columns={columns((act, group) => setAsking({ act, group }))}
            items={list.data}
            itemKey={({ id }) => id}
          />
        )}
      </Sheet>
      {asking?.act === "change" && (
        <Suspense>
          <GroupDialog group={asking.group} onClose={close} />
        </Suspense>
      )}
      {asking?.act === "remove" && (
        <ConfirmDialog
          title={words.removeTitle(asking.group.name)}
          submit={words.remove}
          confirmed={{ name: asking.group.name }}
          act={async () => {
            await callRoute("removeGroup", { params: { groupId: asking.group.id } });
            say({ tone: "good", text: words.removed(asking.group.name) });
            await refresh();
          }}
          onClose={close}
        >
          <p>{words.removeLead}</p>
        </ConfirmDialog>
      )}
    </>
  );
}

function columns(onAct: (act: "change" | "remove", group: Group) => void): Column<Group>[] {
  return [
    { key: "name", header: words.name, narrow: "lead", cell: ({ name }) => name },
    {
      key: "members",
      header: words.members,
      width: "160px",
      cell: ({ agentIds }) => words.membersOf(agentIds.length),
    },
    {
      key: "acts",
      header: <span className="visually-hidden">{words.change}</span>,
      narrow: "end",
      numeric: true,
      width: "200px",
      cell: (group) => (
        <>
          <CommandButton command={{ key: "change", label: words.change, onUse: () => onAct("change", group) }} />
          <CommandButton command={{ key: "remove", label: words.remove, onUse: () => onAct("remove", group) }} />
        </>
      ),
    },
  ];
}
