import { Badge } from "@fluentui/react-components";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { type Agent, partnerRoles } from "../../contract/authority.ts";
import { pages } from "../../contract/pages.ts";
import { meQuery } from "../client/me-query.ts";
import { type Column, DataTable } from "../kit/DataTable.tsx";
import { EmptyState } from "../kit/EmptyState.tsx";
import { formatDay } from "../kit/format.ts";
import { MoreButton } from "../kit/MoreButton.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { SearchBox } from "../kit/SearchBox.tsx";
import { Sheet } from "../kit/Section.tsx";
import { texts } from "../kit/texts.ts";
import { Toolbar } from "../kit/Toolbar.tsx";
import { useSearchChange } from "../kit/use-search-change.ts";
import { agentsQuery } from "./agent-queries.ts";
import { agentTexts } from "./agent-texts.ts";

const words = agentTexts.agents;

/** The agents, with a search among them. */
export function AgentList() {
  const { q = "" } = useSearch({ from: "/frame/agents" });
  const change = useSearchChange();
  const me = useQuery(meQuery);
  const list = useInfiniteQuery(agentsQuery(q));
  const items = list.data?.pages.flatMap((page) => page.items);
  if (list.isError && items === undefined) {
    return <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />;
  }
  return (
    <>
      <Toolbar>
        <SearchBox label={words.search} value={q} onChange={(next) => change({ q: next || undefined })} />
      </Toolbar>
      <Sheet>
        {items?.length === 0 ? (
          <EmptyState title={words.noMatch(q)} lead={words.noMatchLead} />
        ) : (
          <DataTable label={words.agents} columns={columns(me.data?.id)} items={items} itemKey={({ id }) => id} />
        )}
      </Sheet>
      <MoreButton list={list} />
    </>
  );
}

function columns(ownId: string | undefined): Column<Agent>[] {
  return [
    {
      key: "name",
      header: words.name,
      narrow: "lead",
      cell: ({ id, name }) => (
        <>
          <Link to={pages.agent.path} params={{ agentId: id }} style={{ fontWeight: 600 }}>
            {name}
          </Link>{" "}
          {id === ownId && <Badge appearance="tint">{words.you}</Badge>}
        </>
      ),
    },
    { key: "email", header: words.email, cell: ({ email }) => email },
    {
      key: "role",
      header: words.role,
      narrow: "end",
      width: "160px",
      cell: ({ partnerRole }) => partnerRoles[partnerRole].label,
    },
    {
      key: "twoFactor",
      header: words.twoFactor,
      narrow: "wideOnly",
      width: "160px",
      cell: ({ twoFactorEnabled }) => (twoFactorEnabled ? texts.common.yes : texts.common.no),
    },
    {
      key: "since",
      header: words.since,
      narrow: "wideOnly",
      width: "140px",
      cell: ({ createdAt }) => formatDay(createdAt),
    },
  ];
}
