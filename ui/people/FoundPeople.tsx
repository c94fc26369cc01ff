import { Badge } from "@fluentui/react-components";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { describeCode } from "../../contract/codes.ts";
import { pages } from "../../contract/pages.ts";
import type { Found, FoundRow, FoundUser } from "../../contract/search.ts";
import { auditColumns } from "../audit/audit-columns.tsx";
import { RowStatus } from "../batches/Status.tsx";
import { CommandButton } from "../kit/CommandButton.tsx";
import { type Column, DataTable } from "../kit/DataTable.tsx";
import { EmptyState } from "../kit/EmptyState.tsx";
import { Section, Sections, Sheet } from "../kit/Section.tsx";
import { texts } from "../kit/texts.ts";
import styles from "./FoundPeople.module.css";
import { peopleTexts } from "./people-texts.ts";
import { UserLink } from "./UserLink.tsx";

const words = peopleTexts.people;

/** What a search found, kind by kind: users, rows of batches with their causes, and records of the audit. */
export function FoundPeople({
  q,
  found: { users, rows, audit },
  brief,
  onOpen,
}: {
  q: string;
  found: Found;
  /** Whether a person stands open beside, so that there is less room. */
  brief: boolean;
  onOpen: (user: FoundUser) => void;
}) {
  if (users.items.length + rows.items.length + audit.items.length === 0) {
    return <EmptyState title={words.noMatch(q)} lead={words.noMatchLead} />;
  }
  return (
    <div className={styles.found}>
      <Sections>
        <Group title={words.users} there={users.items.length > 0} more={users.more}>
          <DataTable
            label={words.users}
            columns={userColumns(onOpen)}
            items={users.items}
            itemKey={({ userId }) => userId}
          />
        </Group>
        <Group title={words.rows} there={rows.items.length > 0} more={rows.more}>
          <DataTable
            label={words.rows}
            columns={rows.items.some(({ code }) => code !== null) ? rowColumns : withoutCause}
            items={rows.items}
            itemKey={({ batchId, rowNo }) => `${batchId} ${rowNo}`}
          />
        </Group>
        <Group title={words.audit} there={audit.items.length > 0} more={audit.more}>
          <DataTable
            label={words.audit}
            columns={auditColumns(undefined, { brief })}
            items={audit.items}
            itemKey={({ id }) => String(id)}
          />
        </Group>
      </Sections>
    </div>
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

function userColumns(onOpen: (user: FoundUser) => void): Column<FoundUser>[] {
  return [
    {
      key: "name",
      header: words.name,
      narrow: "lead",
      width: "22%",
      cell: (user) => <UserLink user={user}>{user.displayName}</UserLink>,
    },
    {
      key: "upn",
      header: words.signInName,
      narrow: "line",
      width: "28%",
      cell: ({ userPrincipalName }) => userPrincipalName,
    },
    {
      key: "customer",
      header: words.customer,
      cell: ({ customer }) => (
        <Link to={pages.users.path} params={{ customerId: customer.id }}>
          {customer.name}
        </Link>
      ),
    },
    {
      key: "state",
      header: words.state,
      width: "100px",
      cell: ({ state }) =>
        state === "active" ? (
          words.active
        ) : (
          <Badge appearance="tint" color="warning">
            {words.deleted}
          </Badge>
        ),
    },
    {
      key: "happened",
      header: <span className="visually-hidden">{words.happened}</span>,
      narrow: "end",
      numeric: true,
      width: "170px",
      cell: (user) => <CommandButton command={{ key: "happened", label: words.happened, onUse: () => onOpen(user) }} />,
    },
  ];
}

const rowColumns: Column<FoundRow>[] = [
  {
    key: "name",
    header: words.name,
    narrow: "lead",
    width: "18%",
    cell: ({ batchId, rowNo, displayName, userPrincipalName }) => (
      <Link to={pages.batch.path} params={{ batchId }} search={{ row: rowNo }} data-hit>
        {displayName ?? userPrincipalName ?? texts.errors.row(rowNo)}
      </Link>
    ),
  },
  {
    key: "upn",
    header: words.signInName,
    narrow: "line",
    width: "24%",
    cell: ({ userPrincipalName }) => userPrincipalName,
  },
  { key: "customer", header: words.customer, cell: ({ customer }) => customer.name },
  {
    key: "batch",
    header: words.batch,
    width: "130px",
    cell: ({ batchNo, rowNo }) => words.place(batchNo, rowNo),
  },
  { key: "cause", header: words.cause, narrow: "line", cell: ({ code }) => code !== null && describeCode(code).title },
  {
    key: "outcome",
    header: words.outcome,
    narrow: "end",
    width: "130px",
    cell: ({ state }) => <RowStatus state={state} />,
  },
];

/** Where no row has a cause, a column of causes would only take the room of the names. */
const withoutCause = rowColumns.filter(({ key }) => key !== "cause");
