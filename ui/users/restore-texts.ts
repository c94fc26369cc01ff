import { many, n } from "../kit/count-words.ts";

/** The words of the forms that restore deleted users or remove them for good. */
export const restoreTexts = {
  restoring: {
    label: "Restore",
    restoreOne: (name: string) => `Restore ${name}`,
    done: "Users restored",
    title: (whom: string) => `Restore ${whom}`,
    submit: "Restore",
    licenses: "Licenses",
    comesBack: (name: string, users: number) => `${name} comes back for ${many(users, "user", "users")}.`,
    comesNot: (name: string, users: number, available: number) =>
      `${name}: ${n(available)} available. ${many(users, "user comes", "users come")} back without it.`,
    noLicenses: "No license comes back: none was held.",
    passwordStays: "The password stays the one from before.",
    taken: "Usernames that are taken",
    takenLead: (users: number) =>
      users === 1
        ? "1 username is in use by somebody else. That user needs a new one."
        : `${n(users)} usernames are in use by somebody else. Those users need new ones.`,
    takenMore: (left: number) =>
      `${many(left, "more user gets", "more users get")} the free name that Muster found: the former one with a number behind it.`,
    showMore: (more: number) => `Show ${n(more)} more`,
    tooMany:
      "More than 10,000 users are selected: too many to name here. Those whose name is taken fail, unless a file gives them new ones.",
    byFile: "Restore from a file",
    newName: (name: string) => `New username of ${name}`,
    was: (name: string, holder: string | null) =>
      holder === null ? `${name} is taken.` : `${name} is taken by ${holder}.`,
    leaveOut: "Leave out",
    leaveOutOf: (name: string) => `Leave out ${name}`,
    empty: "Give a username.",
    repeated: "Another one of them gets this username too. Give another one.",
    checking: "Checking…",
    free: "This username is free.",
    wrong: "Give each of them a free username, or leave them out.",
    nobody: "Everybody is left out.",
  },
  removing: {
    label: "Remove for good",
    title: (whom: string) => `Remove ${whom} for good`,
    submit: "Remove for good",
    done: "Users removed for good",
    gone: "What was kept of them is deleted at once, and nobody can restore them. The audit stays.",
  },
} as const;
