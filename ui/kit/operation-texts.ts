import type { FileOperation } from "../../contract/operations.ts";

/**
 * The words of an operation: the title of an upload for it, its label, what a batch of it does to one user and to some, and
 * for an upload what it does, what its rows need, and whose files are taken as they are.
 */
type OperationWords = {
  title: string;
  label: string;
  one: string;
  some: string;
  hint: string;
  needs: string;
  vendors: string;
};

const who = "A row names its user by username or object ID";
const anyList = "Any list with usernames is taken as it is, Muster's own results too.";
const entraList = "Entra ID's own bulk templates, its downloads, and any list with usernames are taken as they are.";

/** The words of every operation, in the order in which pages offer them. */
export const operationTexts: Record<FileOperation, OperationWords> = {
  createUsers: {
    title: "Add users from a file",
    label: "Add users",
    one: "Add user",
    some: "Add",
    hint: "New accounts with their licenses",
    needs: "A row needs a username, or the first and last name to build one from; all else may be left out.",
    vendors:
      "Exports and templates of Partner Center, Microsoft 365, Entra ID, Google Workspace, Okta, CIPP and Active Directory are taken as they are.",
  },
  updateUsers: {
    title: "Update users from a file",
    label: "Update users",
    one: "Update user",
    some: "Update",
    hint: "Names, jobs, addresses, sign-in",
    needs: `${who}, and has the fields to change. A blank cell leaves a field as it is, (clear) empties it.`,
    vendors: "Exports of Microsoft 365, Entra ID and Graph, and Muster's own results are taken as they are.",
  },
  changeLicenses: {
    title: "Change licenses from a file",
    label: "Change licenses",
    one: "Change licenses",
    some: "Change licenses",
    hint: "Add, remove or swap them",
    needs: `${who}, with licenses to add, to remove, or both. Other licenses stay.`,
    vendors: anyList,
  },
  deleteUsers: {
    title: "Delete users from a file",
    label: "Delete users",
    one: "Delete",
    some: "Delete",
    hint: "Can be restored for 30 days",
    needs: `${who}. Their seats become free.`,
    vendors: entraList,
  },
  restoreUsers: {
    title: "Restore users from a file",
    label: "Restore users",
    one: "Restore",
    some: "Restore",
    hint: "Deleted users come back",
    needs: `${who}. Put the new username in a column of its own where the old one is in use.`,
    vendors: entraList,
  },
  resetPasswords: {
    title: "Reset passwords from a file",
    label: "Reset passwords",
    one: "Reset password",
    some: "Reset passwords",
    hint: "New temporary passwords",
    needs: `${who}. A password may stand beside it; Muster makes those that are missing.`,
    vendors: anyList,
  },
  changePermissions: {
    title: "Change permissions from a file",
    label: "Change permissions",
    one: "Change permissions",
    some: "Change permissions",
    hint: "User, Global admin or custom",
    needs: `${who}, with the permission that the user is to have.`,
    vendors: anyList,
  },
  removeUsers: {
    title: "Remove users for good from a file",
    label: "Remove for good",
    one: "Remove for good",
    some: "Remove for good",
    hint: "Cannot be undone",
    needs: `${who}, with the user's display name typed as confirmation. Only deleted users are removed.`,
    vendors: anyList,
  },
};

/** The operations in the order in which pages offer them. */
export const offeredOperations = Object.keys(operationTexts) as [FileOperation, ...FileOperation[]];
