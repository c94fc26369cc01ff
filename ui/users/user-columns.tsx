import { Button } from "@fluentui/react-components";
import { ArrowUndoRegular } from "@fluentui/react-icons/svg/arrow-undo";
import type { User } from "../../contract/user.ts";
import type { UserSort } from "../../contract/user-filter.ts";
import { textFields } from "../../contract/fields.ts";
import { countryName, formatDay } from "../kit/format.ts";
import { SortButton, sortedWord } from "../kit/SortButton.tsx";
import type { VirtualColumn } from "../kit/virtual-column.ts";
import { restoreDaysLeft } from "./restore-days-left.ts";
import { permissionWords } from "./permission-words.ts";
import { restoreTexts } from "./restore-texts.ts";
import styles from "./UserList.module.css";
import { UserMarks } from "./UserMarks.tsx";
import { userTexts } from "./user-texts.ts";

const words = userTexts.users;
const { restoring } = restoreTexts;

type Sorting = { sort: UserSort; onSort: (sort: UserSort) => void };

/** Columns that stand in the list until somebody chooses others; what marks beside the name tell is not among them. */
export const usualColumns = ["licenses", "department", "usageLocation"] as const;

/** Columns of active users that can be chosen, with their labels. */
export const choosableColumns = [
  { key: "licenses", label: words.licenses },
  { key: "department", label: textFields.department.label },
  { key: "jobTitle", label: textFields.jobTitle.label },
  { key: "usageLocation", label: textFields.usageLocation.label },
  { key: "permission", label: words.permission },
  { key: "signIn", label: words.signIn },
];

/** The columns of a list of users: who, always, and those that are `shown`; of deleted users how long they can be restored. */
export function userListColumns({
  state,
  shown,
  restoreDays,
  onChoose,
  restore,
  ...sorting
}: Sorting & {
  state: "active" | "inactive";
  shown: readonly string[];
  /** For how many days a deleted user can be restored, once that is known. */
  restoreDays: number | undefined;
  onChoose: (userId: string) => void;
  /** Restores a deleted user; greyed with a `reason`. */
  restore: { reason: string | null; onUse: (user: User) => void };
}): VirtualColumn<User>[] {
  return [
    {
      key: "name",
      ...sortable(words.name, "displayName", sorting),
      track: "minmax(220px, 1.5fr)",
      cell: (user) => <UserCell user={user} onChoose={onChoose} />,
    },
    {
      key: "email",
      ...sortable(words.email, "userPrincipalName", sorting),
      track: "minmax(240px, 1.6fr)",
      cell: ({ userPrincipalName }) => <span>{userPrincipalName}</span>,
    },
    ...(state === "inactive"
      ? deletedColumns(sorting, restoreDays, restore)
      : activeColumns(sorting).filter(({ key }) => shown.includes(key))),
  ];
}

/** What is as usual stands in the filters and in the details; the cells tell what is not. */
function activeColumns(sorting: Sorting): VirtualColumn<User>[] {
  return [
    {
      key: "licenses",
      header: words.licenses,
      track: "minmax(160px, 1.4fr)",
      cell: ({ licenses }) =>
        licenses.length === 0 ? (
          <span className={styles.noted}>{words.unlicensed}</span>
        ) : (
          <span>{licenses.map(({ name }) => name).join(", ")}</span>
        ),
    },
    {
      key: "department",
      ...sortable(textFields.department.label, "department", sorting),
      track: "minmax(120px, 1fr)",
      cell: ({ department }) => <span>{department}</span>,
    },
    {
      key: "jobTitle",
      ...sortable(textFields.jobTitle.label, "jobTitle", sorting),
      track: "minmax(120px, 1fr)",
      cell: ({ jobTitle }) => <span>{jobTitle}</span>,
    },
    {
      key: "usageLocation",
      ...sortable(textFields.usageLocation.label, "usageLocation", sorting),
      track: "minmax(140px, 0.8fr)",
      cell: ({ usageLocation }) => <span>{usageLocation === null ? "" : countryName(usageLocation)}</span>,
    },
    {
      key: "permission",
      header: words.permission,
      track: "140px",
      cell: ({ permission }) => <span>{permission === "user" ? "" : permissionWords(permission)}</span>,
    },
    {
      key: "signIn",
      header: words.signIn,
      track: "96px",
      cell: ({ accountEnabled }) =>
        accountEnabled ? <span /> : <span className={styles.noted}>{words.signInBlocked}</span>,
    },
  ];
}

function deletedColumns(
  sorting: Sorting,
  restoreDays: number | undefined,
  restore: { reason: string | null; onUse: (user: User) => void },
): VirtualColumn<User>[] {
  return [
    {
      key: "deleted",
      ...sortable(words.deletedOn, "deletedAt", sorting),
      track: "150px",
      cell: ({ deletedAt }) => <span>{deletedAt === null ? "" : formatDay(deletedAt)}</span>,
    },
    {
      key: "daysLeft",
      header: words.daysLeft,
      track: "110px",
      cell: ({ deletedAt }) => (
        <span>
          {deletedAt === null || restoreDays === undefined ? "" : restoreDaysLeft(deletedAt, restoreDays, Date.now())}
        </span>
      ),
    },
    {
      key: "restore",
      header: <span className="visually-hidden">{restoring.label}</span>,
      track: "116px",
      cell: (user) => (
        <Button
          size="small"
          appearance="subtle"
          icon={<ArrowUndoRegular />}
          aria-label={restoring.restoreOne(user.displayName)}
          title={restore.reason ?? undefined}
          disabledFocusable={restore.reason !== null}
          tabIndex={-1}
          onClick={(event) => {
            event.stopPropagation();
            restore.onUse(user);
          }}
        >
          {restoring.label}
        </Button>
      ),
    },
  ];
}

function sortable(
  label: string,
  by: "displayName" | "userPrincipalName" | "department" | "jobTitle" | "usageLocation" | "deletedAt",
  { sort, onSort }: Sorting,
) {
  return {
    header: <SortButton label={label} by={by} sort={sort} onSort={onSort} />,
    sorted: sortedWord(by, sort),
  };
}

/** A user's name, which opens the details, and what is not as usual about the user. */
export function UserCell({ user, onChoose }: { user: User; onChoose: (userId: string) => void }) {
  return (
    <div className={styles.who}>
      <NameButton user={user} onChoose={onChoose} />
      {user.state === "active" && <UserMarks user={user} />}
    </div>
  );
}

function NameButton({ user, onChoose }: { user: User; onChoose: (userId: string) => void }) {
  return (
    <button
      type="button"
      className={styles.name}
      tabIndex={-1}
      onClick={(event) => {
        event.stopPropagation();
        onChoose(user.id);
      }}
    >
      {user.displayName}
    </button>
  );
}
