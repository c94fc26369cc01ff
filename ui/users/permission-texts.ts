import { many } from "../kit/count-words.ts";

/** The words of the forms about permissions. */
export const permissionTexts = {
  permissions: {
    label: "Permissions",
    title: (whom: string) => `Permissions of ${whom}`,
    submit: "Change permissions",
    done: "Permissions changed",
    gets: (role: string, users: number) => `${many(users, "user gets", "users get")} ${role}.`,
    loses: (role: string, users: number) => `${many(users, "user loses", "users lose")} ${role}.`,
    choose: "Choose a permission.",
    chooseRole: "Choose at least one role.",
    nothing: "Nothing changes: all selected users have this permission.",
    changes: "What changes",
    save: "Save permissions",
    saving: "Saving…",
    saved: "The permissions are saved.",
    underWay: "It is not done yet: it takes longer than ten seconds, or awaits an approval. The batch shows which.",
  },
} as const;
