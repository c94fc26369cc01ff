import { Spinner } from "@fluentui/react-components";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { pages } from "../../contract/pages.ts";
import type { User } from "../../contract/user.ts";
import { usersQuery } from "./user-queries.ts";
import { formatDay } from "../kit/format.ts";
import { SortButton, sortedWord } from "../kit/SortButton.tsx";
import { texts } from "../kit/texts.ts";
import { userTexts } from "./user-texts.ts";
import { WithPane } from "../kit/DetailsPane.tsx";
import { EmptyState } from "../kit/EmptyState.tsx";
import { permissionWords } from "./permission-words.ts";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { SearchBox } from "../kit/SearchBox.tsx";
import { Sheet } from "../kit/Section.tsx";
import { Toolbar } from "../kit/Toolbar.tsx";
import styles from "./UserList.module.css";
import { UserPane } from "./UserPane.tsx";
import type { VirtualColumn } from "../kit/virtual-column.ts";
import { VirtualTable } from "../kit/VirtualTable.tsx";

type Sort = "displayName" | "-displayName";

type Props = {
  customerId: string;
  state: "active" | "inactive";
  q: string;
  sort?: Sort;
  chosen: string | undefined;
  empty: ReactNode;
  onSearch: (q: string) => void;
  onSort?: (sort: Sort) => void;
  onChoose: (userId: string | undefined) => void;
};

const words = userTexts.users;

/** The users of a customer with a search, a table and the details of the one that is chosen. */
export function UserList({ customerId, state, q, sort, chosen, empty, onSearch, onSort, onChoose }: Props) {
  const list = useInfiniteQuery(usersQuery(customerId, { state, q, sort }));
  const items = list.data?.pages.flatMap((page) => page.items);
  const total = list.data?.pages[0]?.total;
  const columns: VirtualColumn<User>[] = [
    {
      key: "name",
      header:
        onSort === undefined ? (
          words.name
        ) : (
          <SortButton label={words.name} by="displayName" sort={sort ?? "displayName"} onSort={onSort} />
        ),
      track: "minmax(200px, 1.2fr)",
      sorted: onSort === undefined ? "none" : sortedWord("displayName", sort ?? "displayName"),
      cell: (user) => <NameButton user={user} onChoose={onChoose} />,
    },
    {
      key: "email",
      header: words.email,
      track: "minmax(240px, 1.6fr)",
      cell: ({ userPrincipalName }) => <span>{userPrincipalName}</span>,
    },
    ...(state === "active" ? activeColumns : deletedColumns),
  ];
  return (
    <WithPane
      pane={
        chosen !== undefined && (
          <UserPane key={chosen} customerId={customerId} userId={chosen} onClose={() => onChoose(undefined)} />
        )
      }
    >
      <Toolbar end={items === undefined ? undefined : words.shown(items.length, total)}>
        <SearchBox label={words.search} value={q} onChange={onSearch} />
      </Toolbar>
      {list.isError && <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
      {items === undefined ? (
        !list.isError && <Spinner label={texts.common.loading} />
      ) : (
        <Sheet>
          {items.length > 0 ? (
            <VirtualTable
              label={state === "active" ? words.list : pages.deletedUsers.title}
              columns={columns}
              items={items}
              total={total}
              itemKey={({ id }) => id}
              chosenKey={chosen}
              onChoose={({ id }) => onChoose(id)}
              narrowRow={(user) => (
                <>
                  <NameButton user={user} onChoose={onChoose} />
                  <div className={styles.second}>{user.userPrincipalName}</div>
                </>
              )}
              more={{
                has: list.hasNextPage,
                loading: list.isFetchingNextPage,
                load: () => void list.fetchNextPage(),
              }}
            />
          ) : q === "" ? (
            empty
          ) : (
            <EmptyState title={words.noMatch(q)} lead={words.noMatchLead} />
          )}
        </Sheet>
      )}
    </WithPane>
  );
}

const activeColumns: VirtualColumn<User>[] = [
  {
    key: "licenses",
    header: words.licenses,
    track: "minmax(140px, 1fr)",
    cell: ({ licenses }) => <span>{licenses.map(({ skuPartNumber }) => skuPartNumber).join(", ")}</span>,
  },
  {
    key: "permission",
    header: words.permission,
    track: "130px",
    cell: ({ permission }) => <span>{permissionWords(permission)}</span>,
  },
  {
    key: "signIn",
    header: words.signIn,
    track: "96px",
    cell: ({ accountEnabled }) => <span>{accountEnabled ? words.signInAllowed : words.signInBlocked}</span>,
  },
];

const deletedColumns: VirtualColumn<User>[] = [
  {
    key: "deleted",
    header: words.deletedOn,
    track: "150px",
    cell: ({ deletedAt }) => <span>{deletedAt === null ? "" : formatDay(deletedAt)}</span>,
  },
];

function NameButton({ user, onChoose }: { user: User; onChoose: (userId: string) => void }) {
  return (
    <button
      type="button"
      className={styles.name}
      onClick={(event) => {
        event.stopPropagation();
        onChoose(user.id);
      }}
    >
      {user.displayName}
    </button>
  );
}
