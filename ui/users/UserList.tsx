import { useQuery } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { pages } from "../../contract/pages.ts";
import type { User } from "../../contract/user.ts";
import { meQuery } from "../client/me-query.ts";
import { ColumnChooser } from "../kit/ColumnChooser.tsx";
import { WithPane } from "../kit/DetailsPane.tsx";
import { EmptyState } from "../kit/EmptyState.tsx";
import { Loading } from "../kit/Loading.tsx";
import { NoAuthority } from "../kit/NoAuthority.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { SearchBox } from "../kit/SearchBox.tsx";
import { Sheet } from "../kit/Section.tsx";
import { SelectionTable } from "../kit/SelectionTable.tsx";
import { texts } from "../kit/texts.ts";
import { Toolbar } from "../kit/Toolbar.tsx";
import { useAuthority } from "../kit/use-authority.ts";
import { useColumnChoice } from "../kit/use-column-choice.ts";
import { useIsNarrow } from "../kit/use-is-narrow.ts";
import { useSearchChange } from "../kit/use-search-change.ts";
import { useSelection } from "../kit/use-selection.ts";
import { ActOverUsers } from "./ActOverUsers.tsx";
import { choosableColumns, userListColumns, usualColumns, UserCell } from "./user-columns.tsx";
import { UserCommands } from "./UserCommands.tsx";
import { UserFilters } from "./UserFilters.tsx";
import styles from "./UserList.module.css";
import { pageRows, sortOf, type UserListFilter } from "./user-queries.ts";
import { userTexts } from "./user-texts.ts";
import { useUserPages } from "./use-user-pages.ts";

// What the pane needs, such as the choice of licenses, would weigh on the first sight of the list.
const UserPane = lazy(async () => ({ default: (await import("./UserPane.tsx")).UserPane }));

const words = userTexts.users;

/** The users of a customer with commands, filters, a table to select in, and the details of the one that is chosen. */
export function UserList({
  customerId,
  filter,
  chosen,
  empty,
}: {
  customerId: string;
  filter: UserListFilter;
  chosen: string | undefined;
  empty: ReactNode;
}) {
  const { state, q } = filter;
  const change = useSearchChange();
  const onChoose = (user: string | undefined) => change({ user });
  const me = useQuery(meQuery);
  const narrow = useIsNarrow();
  const { reason } = useAuthority(customerId);
  const refused = reason("read");
  const [restored, setRestored] = useState<User[]>([]);
  const { list, users: items, total, ends } = useUserPages(customerId, filter);
  const { sort: _sort, ...shownBy } = filter;
  const selection = useSelection<User>(JSON.stringify(shownBy));
  const choice = useColumnChoice(
    "users",
    choosableColumns.map(({ key }) => key),
    usualColumns,
  );
  const narrowed = Object.entries(shownBy).some(
    ([key, value]) => key !== "state" && value !== undefined && value !== "",
  );
  return (
    <WithPane
      pane={
        chosen !== undefined && (
          <Suspense>
            <UserPane key={chosen} customerId={customerId} userId={chosen} onClose={() => onChoose(undefined)} />
          </Suspense>
        )
      }
    >
      <UserCommands customerId={customerId} filter={filter} state={selection} found={total}>
        <SearchBox label={words.search} value={q} onChange={(next) => change({ q: next || undefined })} />
      </UserCommands>
      <ActOverUsers
        customerId={customerId}
        asked={restored.length > 0 ? "restoreUsers" : undefined}
        select={{ userIds: restored.map(({ id }) => id) }}
        known={restored}
        onClose={() => setRestored([])}
      />
      <Toolbar end={total === undefined ? undefined : texts.units.users(total)}>
        {state === "active" && (
          <>
            <UserFilters customerId={customerId} filter={filter} isListed={items !== undefined} />
            {!narrow && <ColumnChooser columns={choosableColumns} choice={choice} />}
          </>
        )}
      </Toolbar>
      {list.isError && refused === null && <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
      {refused !== null ? (
        <NoAuthority reason={refused} />
      ) : items === undefined ? (
        !list.isError && <Loading />
      ) : items.length > 0 ? (
        <Sheet>
          <SelectionTable
            label={state === "active" ? words.list : pages.deletedUsers.title}
            state={selection}
            columns={userListColumns({
              state,
              shown: choice.shown,
              restoreDays: me.data?.restoreDays,
              onChoose,
              restore: { reason: reason("restoreUsers"), onUse: (user) => setRestored([user]) },
              sort: sortOf(filter),
              onSort: (sort) => change({ sort }),
            })}
            items={items}
            total={total}
            itemKey={({ id }) => id}
            itemName={({ displayName }) => displayName}
            units={texts.units.users}
            chosenKey={chosen}
            onChoose={({ id }) => onChoose(id)}
            narrowRow={(user) => (
              <>
                <UserCell user={user} onChoose={onChoose} />
                <div className={styles.second}>{user.userPrincipalName}</div>
              </>
            )}
            more={{
              has: list.hasNextPage,
              loading: list.isFetchingNextPage,
              load: () => void list.fetchNextPage(),
            }}
            ends={total !== undefined && total > pageRows ? ends : undefined}
          />
        </Sheet>
      ) : (
        <Sheet>{narrowed ? <EmptyState title={words.noMatch(q)} lead={words.noMatchLead} /> : empty}</Sheet>
      )}
    </WithPane>
  );
}
