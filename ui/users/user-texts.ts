import type { UserStep } from "../../contract/audit-steps.ts";
import type { SelectionSummary } from "../../contract/selection-summary.ts";
import { many, n } from "../kit/count-words.ts";

/** The words of the pages about users. */
export const userTexts = {
  users: {
    search: "Search users",
    name: "Name",
    email: "Username",
    licenses: "Licenses",
    permission: "Permission",
    signIn: "Sign-in",
    signInAllowed: "Allowed",
    signInBlocked: "Blocked",
    list: "Users",
    empty: "No users yet",
    emptyLead: "Upload a spreadsheet as you have it, or add one user by hand.",
    noMatch: (q: string) => (q === "" ? "No user matches these filters" : `No user matches “${q}”`),
    noMatchLead: "Search looks in display names and usernames. Clear a filter to see more.",
    unlicensed: "Unlicensed",
    deletedOn: "Deleted on",
    emptyDeleted: "No deleted users",
    emptyDeletedLead: "Users that are deleted stay here until they are removed for good.",
    daysLeft: "Days left",
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
    forMany: "For many: upload a file",
    selectFirst: "Select one or more users first.",
    restore: "Restore",
    export: "Export",
    nothingToRestore: "There is no deleted user.",
    nothingToExport: "There is no user to export.",
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
        blocked > 0 ? `${many(blocked, "user is", "users are")} blocked now.` : "Nobody of them is blocked.",
        ...(users > blocked ? [`${n(users - blocked)} may sign in already and stay as they are.`] : []),
      ],
    },
  },
  outcome: {
    list: "Outcome per user",
    batch: "Open the batch",
    confirmOnPage: "Nothing is done yet: open the batch, and start it with that number.",
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
    print: "Print",
    download: "Download (CSV)",
    links: "One-time links",
    name: "Name",
    username: "Username",
    password: "Temporary password",
    link: "Make a one-time link",
    linkEnds: (when: string) => `It opens once, until ${when}, and is shown only now.`,
    mailTo: "Mail address",
    mail: "Mail a one-time link",
    noAddress: "Say to which address.",
    mailed: (to: string) => `It was mailed to ${to}.`,
    notMailed: (why: string) => `It was not mailed: ${why}`,
    more: (shown: number) => `The first ${n(shown)} are shown. The batch has all of them as a download.`,
  },
  user: {
    pane: "Details of the user",
    commands: "Commands for this user",
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
    audit: "All in the audit, field by field",
    by: (who: string, when: string) => `${who}, ${when}`,
    batch: (no: number) => `Batch ${n(no)}`,
    stepWith: (step: string, more: string[]) => `${step} with ${more.join(" and ")}`,
    more: { roles: "a permission", added: "licenses" },
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
    } satisfies Record<UserStep, string>,
  },
} as const;
