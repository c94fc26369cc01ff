import { Spinner } from "@fluentui/react-components";
import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { pages } from "../../contract/pages.ts";
import type { Found, FoundRow, FoundUser } from "../../contract/search.ts";
import { auditColumns } from "../audit/audit-columns.tsx";
import { RowStatus } from "../batches/Status.tsx";
import { callRoute } from "../client/call-route.ts";
import { queryKeys } from "../client/query-keys.ts";
import { type Column, DataTable } from "../kit/DataTable.tsx";
import { EmptyState } from "../kit/EmptyState.tsx";
import { PageHead } from "../kit/PageHead.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { SearchBox } from "../kit/SearchBox.tsx";
import { Section, Sheet } from "../kit/Section.tsx";
import { texts } from "../kit/texts.ts";
import { Toolbar } from "../kit/Toolbar.tsx";
import { useTitle } from "../kit/use-title.ts";
import { peopleTexts } from "./people-texts.ts";

const words = peopleTexts.people;
const fewestLetters = 2;

/** What is known of the person that `q` names. */
function peopleQuery(q: string) {
  return queryOptions({
    queryKey: queryKeys.people(q),
    queryFn: ({ signal }) => callRoute("search", { query: { q, limit: 50 }, signal }),
    enabled: q.length >= fewestLetters,
    placeholderData: keepPreviousData,
  });
}

/** One search over users, rows of batches and the audit. */
export function PeoplePage() {
  useTitle(pages.people.title);
  const { q = "" } = useSearch({ from: "/frame/people" });
  const navigate = useNavigate({ from: pages.people.path });
  const found = useQuery(peopleQuery(q));
  return (
    <>
      <PageHead title={pages.people.title} />
      <Toolbar>
        <SearchBox
          label={words.search}
          value={q}
          onChange={(next) => void navigate({ search: { q: next || undefined }, replace: true })}
        />
      </Toolbar>
      {q.length < fewestLetters ? (
        <EmptyState title={words.start} lead={words.startLead} />
      ) : found.isError ? (
        <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />
      ) : found.data === undefined ? (
        <Spinner label={texts.common.loading} />
      ) : (
        <FoundPeople q={q} found={found.data} />
      )}
    </>
  );
}

function FoundPeople({ q, found: { users, rows, audit } }: { q: string; found: Found }) {
  if (users.items.length + rows.items.length + audit.items.length === 0) {
    return <EmptyState title={words.noMatch(q)} lead={words.noMatchLead} />;
  }
  return (
    <>
      <Group title={words.users} there={users.items.length > 0} more={users.more}>
        <DataTable label={words.users} columns={userColumns} items={users.items} itemKey={({ userId }) => userId} />
      </Group>
      <Group title={words.rows} there={rows.items.length > 0} more={rows.more}>
        <DataTable
          label={words.rows}
          columns={rowColumns}
          items={rows.items}
          itemKey={({ batchId, rowNo }) => `${batchId} ${rowNo}`}
        />
      </Group>
      <Group title={words.audit} there={audit.items.length > 0} more={audit.more}>
        <DataTable label={words.audit} columns={auditColumns()} items={audit.items} itemKey={({ id }) => String(id)} />
      </Group>
    </>
  );
}

function Group({
  title,
  there,
  more,
  children,
}: {
  title: string;
  there: boolean;
  more: boolean;
  children: ReactNode;
}) {
  if (!there) return null;
  return (
    <Section title={title} {...(more && { lead: words.more })}>
      <Sheet>{children}</Sheet>
    </Section>
  );
}

const userColumns: Column<FoundUser>[] = [
  {
    key: "name",
    header: words.name,
    narrow: "lead",
    cell: ({ userId, customer, displayName, state }) => (
      <Link
        to={state === "active" ? pages.users.path : pages.deletedUsers.path}
        params={{ customerId: customer.id }}
        search={{ user: userId }}
      >
        {displayName}
      </Link>
    ),
  },
  { key: "upn", header: words.signInName, cell: ({ userPrincipalName }) => userPrincipalName },
  { key: "customer", header: words.customer, cell: ({ customer }) => customer.name },
  {
    key: "state",
    header: words.state,
    narrow: "end",
    width: "110px",
    cell: ({ state }) => (state === "active" ? words.active : words.deleted),
  },
];

const rowColumns: Column<FoundRow>[] = [
  {
    key: "name",
    header: words.name,
    narrow: "lead",
    cell: ({ batchId, rowNo, displayName, userPrincipalName }) => (
      <Link to={pages.batch.path} params={{ batchId }} search={{ row: rowNo }}>
        {displayName ?? userPrincipalName ?? texts.errors.row(rowNo)}
      </Link>
    ),
  },
  { key: "upn", header: words.signInName, cell: ({ userPrincipalName }) => userPrincipalName },
  { key: "customer", header: words.customer, cell: ({ customer }) => customer.name },
  { key: "batch", header: words.batch, numeric: true, width: "80px", cell: ({ batchNo }) => batchNo },
  { key: "row", header: words.row, numeric: true, width: "80px", narrow: "wideOnly", cell: ({ rowNo }) => rowNo },
  {
    key: "outcome",
    header: words.outcome,
    narrow: "end",
    width: "130px",
    cell: ({ state }) => <RowStatus state={state} />,
  },
];
