import { infiniteQueryOptions, useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type Agent, partnerRoles } from "../../contract/authority.ts";
import { pages } from "../../contract/pages.ts";
import { callRoute } from "../client/call-route.ts";
import { queryKeys } from "../client/query-keys.ts";
import { type Column, DataTable } from "../kit/DataTable.tsx";
import { EmptyState } from "../kit/EmptyState.tsx";
import { formatDay } from "../kit/format.ts";
import { PageHead } from "../kit/PageHead.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { SearchBox } from "../kit/SearchBox.tsx";
import { Sheet } from "../kit/Section.tsx";
import { texts } from "../kit/texts.ts";
import { Toolbar } from "../kit/Toolbar.tsx";
import { useTitle } from "../kit/use-title.ts";
import { agentTexts } from "./agent-texts.ts";
import { MoreButton } from "../kit/MoreButton.tsx";

const words = agentTexts.agents;

const columns: Column<Agent>[] = [
  { key: "name", header: words.name, narrow: "lead", cell: ({ name }) => name },
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

/** Agents whose name or address holds `q`. */
function agentsQuery(q: string) {
  return infiniteQueryOptions({
    queryKey: queryKeys.agents(q),
    queryFn: ({ pageParam, signal }) =>
      callRoute("listAgents", { query: { q, limit: 100, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (earlier) => earlier,
  });
}

/** Who works here, and as what. */
export function AgentsPage() {
  useTitle(pages.agents.title);
  const { q = "" } = useSearch({ from: "/frame/agents" });
  const navigate = useNavigate({ from: pages.agents.path });
  const list = useInfiniteQuery(agentsQuery(q));
  const items = list.data?.pages.flatMap((page) => page.items);
  return (
    <>
      <PageHead title={pages.agents.title} />
      {list.isError && items === undefined ? (
        <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />
      ) : (
        <>
          <Toolbar>
            <SearchBox
              label={words.search}
              value={q}
              onChange={(next) => void navigate({ search: { q: next || undefined }, replace: true })}
            />
          </Toolbar>
          <Sheet>
            {items?.length === 0 ? (
              <EmptyState title={words.noMatch(q)} lead={words.noMatchLead} />
            ) : (
              <DataTable label={pages.agents.title} columns={columns} items={items} itemKey={({ id }) => id} />
            )}
          </Sheet>
          <MoreButton list={list} />
        </>
      )}
    </>
  );
}
