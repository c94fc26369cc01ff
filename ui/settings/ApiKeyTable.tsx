import { Badge } from "@fluentui/react-components";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { ApiKey } from "../../contract/authority.ts";
import { pages } from "../../contract/pages.ts";
import { CommandButton } from "../kit/CommandButton.tsx";
import { type Column, DataTable } from "../kit/DataTable.tsx";
import { EmptyState } from "../kit/EmptyState.tsx";
import { formatDay, formatTime } from "../kit/format.ts";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { Sheet } from "../kit/Section.tsx";
import { EndKeyDialog } from "./EndKeyDialog.tsx";
import { keyAuthorityWords } from "./key-authority-words.ts";
import { settingsTexts } from "./settings-texts.ts";

const words = settingsTexts.keys;

/** An API key, and whose it is where it is not the agent's own. */
export type ShownKey = ApiKey & { agentId?: string; agentName?: string };

/** API keys with their authority and their end, each of which can be ended. */
export function ApiKeyTable({
  label,
  list,
  emptyLead,
  named = false,
}: {
  label: string;
  list: { items: ShownKey[] | undefined; isError: boolean; error: unknown; refetch: () => unknown };
  emptyLead: string;
  /** Whether the agents are named. */
  named?: boolean;
}) {
  const [ending, setEnding] = useState<ShownKey | null>(null);
  if (list.isError && list.items === undefined) {
    return <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />;
  }
  return (
    <Sheet>
      {list.items?.length === 0 ? (
        <EmptyState heading="h3" title={words.empty} lead={emptyLead} />
      ) : (
        <DataTable label={label} columns={columns(named, setEnding)} items={list.items} itemKey={({ id }) => id} />
      )}
      {ending !== null && <EndKeyDialog apiKey={ending} onClose={() => setEnding(null)} />}
    </Sheet>
  );
}

function columns(named: boolean, onEnd: (key: ShownKey) => void): Column<ShownKey>[] {
  return [
    { key: "name", header: words.name, narrow: "lead", cell: ({ name }) => name },
    ...(named ? [agent] : []),
    { key: "key", header: words.key, narrow: "wideOnly", width: "140px", cell: ({ start }) => <code>{start}…</code> },
    { key: "authority", header: words.authority, cell: ({ authority }) => keyAuthorityWords(authority) },
    {
      key: "lastUsed",
      header: words.lastUsed,
      narrow: "wideOnly",
      width: "160px",
      cell: ({ lastUsedAt }) => (lastUsedAt === null ? words.never : formatTime(lastUsedAt)),
    },
    {
      key: "endsAt",
      header: words.endsAt,
      width: "130px",
      cell: ({ expiresAt }) =>
        new Date(expiresAt) < new Date() ? (
          <Badge appearance="tint" color="danger">
            {words.ranOut}
          </Badge>
        ) : (
          formatDay(expiresAt)
        ),
    },
    {
      key: "end",
      header: <span className="visually-hidden">{words.end}</span>,
      narrow: "end",
      numeric: true,
      width: "110px",
      cell: (key) => <CommandButton command={{ key: "end", label: words.end, onUse: () => onEnd(key) }} />,
    },
  ];
}

const agent: Column<ShownKey> = {
  key: "agent",
  header: words.agent,
  cell: ({ agentId, agentName }) =>
    agentId !== undefined && (
      <Link to={pages.agent.path} params={{ agentId }}>
        {agentName}
      </Link>
    ),
};
