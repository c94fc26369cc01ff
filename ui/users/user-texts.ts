import type { SelectionSummary } from "../../contract/selection-summary.ts";
import { many, n } from "../kit/count-words.ts";

/** The words of the pages about users. */
export const userTexts = {
  users: {
    search: "Search by name or username",
    name: "Name",
    email: "Username",
    licenses: "Licenses",
    permission: "Permission",
    signIn: "Sign-in",
    signInAllowed: "Allowed",
    signInBlocked: "Blocked",
    list: "Users",
    shown: (shown: number, total: number | undefined) =>
      total === undefined || total <= shown ? many(shown, "user", "users") : `${n(total)} users`,
    empty: "No users yet",
    emptyLead: "Upload a spreadsheet as you have it, or add one user by hand.",
    noMatch: (q: string) => (q === "" ? "No user matches these filters" : `No user matches “${q}”`),
    noMatchLead: "Search looks in display names and usernames. Clear a filter to see more.",
    unlicensed: "Unlicensed",
    deletedOn: "Deleted on",
    emptyDeleted: "No deleted users",
    emptyDeletedLead: "Users that are deleted stay here for 30 days before they are removed for good.",
    permissionUser: "User",
  },
  filters: {
    label: "Filters of users",
    licensed: "With any license",
    unlicensed: "Without licenses",
    anyRole: "Any admin role",
    none: "Not set",
    counted: (name: string, users: number) => `${name} (${n(users)})`,
  },
  commands: {
    bar: "Commands for users",
    selectFirst: "Select one or more users first.",
    restore: "Restore",
  },
  acts: {
    deleteUsers: {
      label: "Delete user(s)",
      submit: "Delete",
      done: "Users deleted",
      title: (whom: string) => `Delete ${whom}`,
      follows: ({ products }: SelectionSummary) => [
        ...products
          .filter(({ users }) => users > 0)
          .map(({ name, users }) =>
            users === 1 ? `1 seat of ${name} becomes free.` : `${n(users)} seats of ${name} become free.`,
          ),
        "Sign-in ends at once. Deleted users can be restored for 30 days.",
      ],
    },
    resetPasswords: {
      label: "Reset password",
      submit: "Yes, reset",
      done: "Passwords reset",
      title: (whom: string) => `Reset the password of ${whom}`,
      follows: ({ blocked }: SelectionSummary) => [
        "The old password stops working. Muster makes a temporary one, which has to be changed at the first sign-in.",
        ...(blocked > 0
          ? [`${many(blocked, "user stays", "users stay")} blocked: a new password does not allow sign-in.`]
          : []),
      ],
    },
    blockSignIn: {
      label: "Block sign-in",
      submit: "Block",
      done: "Sign-in blocked",
      title: (whom: string) => `Block the sign-in of ${whom}`,
      follows: ({ blocked }: SelectionSummary) => [
        "Licenses and data stay. Sign-in can be allowed again at any time.",
        ...(blocked > 0 ? [`${many(blocked, "user is", "users are")} blocked already and stay as they are.`] : []),
      ],
    },
    allowSignIn: {
      label: "Allow sign-in",
      submit: "Allow",
      done: "Sign-in allowed",
      title: (whom: string) => `Allow the sign-in of ${whom}`,
      follows: ({ users, blocked }: SelectionSummary) => [
        `${many(blocked, "user is", "users are")} blocked now.`,
        ...(users > blocked ? [`${n(users - blocked)} may sign in already and stay as they are.`] : []),
      ],
    },
    restoreUsers: {
      label: "Restore",
      submit: "Restore",
      done: "Users restored",
      title: (whom: string) => `Restore ${whom}`,
      follows: ({ namesTaken, products }: SelectionSummary) => [
        "Former licenses come back where a seat is free.",
        ...products
          .filter(({ users, available }) => users > available)
          .map(
            ({ name, users, available }) =>
              `${name}: ${n(users)} needed, ${n(available)} free. ${many(users - available, "user comes", "users come")} back without it.`,
          ),
        ...(namesTaken > 0
          ? [`${many(namesTaken, "name is", "names are")} in use by somebody else; those users need a new username.`]
          : []),
      ],
    },
  },
  outcome: {
    list: "Outcome per user",
    batch: "Open the batch",
    lead: ({ rows, pending, failed, partial }: { rows: number; pending: number; failed: number; partial: number }) =>
      pending > 0
        ? `${n(rows - pending)} of ${many(rows, "user", "users")} done`
        : failed + partial === 0
          ? `${many(rows, "user", "users")}, all done`
          : `${many(rows, "user", "users")}, of whom ${n(failed + partial)} need a look`,
  },
  passwords: {
    title: "Temporary passwords",
    show: "Show temporary passwords",
    more: (shown: number) => `The first ${n(shown)} are shown. The batch has all of them as a download.`,
  },
  user: {
    pane: "Details of the user",
    tabs: { info: "Info", licenses: "Licenses", permissions: "Permissions", activity: "Activity" },
    noLicenses: "No license",
    withoutPlans: (amount: number) => `${many(amount, "service plan", "service plans")} switched off`,
    identity: "Identity",
    job: "Job",
    contact: "Contact",
    address: "Address",
    account: "Account",
    created: "Created",
    deleted: "Deleted",
    id: "Object ID",
  },
  activity: {
    none: "Nothing was done to this user yet.",
    by: (who: string, when: string) => `${who}, ${when}`,
    batch: (no: number) => `Batch ${n(no)}`,
    steps: {
      create_customer_user: "Created",
      update_customer_user: "Edited",
      update_customer_user_principal_name: "Username changed",
      update_customer_user_licenses: "Licenses changed",
      reset_customer_user_password: "Password reset",
      delete_customer_user: "Deleted",
      restore_customer_user: "Restored",
      remove_customer_user: "Removed for good",
      add_user_member: "Permission given",
      remove_user_member: "Permission taken away",
    } as Record<string, string>,
  },
  newUser: {
    identity: "User",
    first: "First name",
    last: "Last name",
    display: "Display name",
    displayMissing: "Give a display name.",
    email: "Email",
    local: "Username",
    localMissing: "Give the part before the @.",
    domain: "Domain",
    location: "Usage location",
    locationHint: "Where the services are used. Needed for a license.",
    more: "Job and contact",
    permission: "Permission",
    permissionUser: "User",
    permissionGlobal: "Global admin",
    permissionCustom: "Custom",
    permissionHints: {
      user: "No directory role",
      global: "Full access to the customer's tenant",
      custom: "Chosen directory roles",
    },
    licenses: "Licenses",
    available: (amount: number) => `${n(amount)} available`,
    noProducts: "This customer has no products.",
    submit: "Create user",
    busy: "Creating…",
    madeTitle: (name: string) => `${name} was created`,
    underWay: "The user is being created",
    underWayLead: "It takes longer than ten seconds. The batch shows how it ends.",
    passwordTitle: "Temporary password",
    passwordLead: "Shown once here. It can be downloaded from the batch for 7 days, or until the first sign-in.",
    passwordGone: "There is no temporary password: the user has its own.",
    userName: "Username",
    another: "Add another user",
    back: "Back to users",
    batch: "Open the batch",
  },
} as const;
