import type { Operation } from "../../contract/operations.ts";
import { many } from "../kit/count-words.ts";

/** What an upload for an operation is called, what it does, what its rows need, and whose files are taken as they are. */
type OperationWords = { title: string; label: string; hint: string; needs: string; vendors: string };

const who = "A row names its user by username or object ID";
const anyList = "Any list with usernames is taken as it is, Muster's own results too.";
const entraList = "Entra ID's own bulk templates, its downloads, and any list with usernames are taken as they are.";

const operationWords: Record<Operation, OperationWords> = {
  createUsers: {
    title: "Add users from a file",
    label: "Add users",
    hint: "New accounts with their licenses",
    needs: "A row needs a username, or the first and last name to build one from; all else may be left out.",
    vendors:
      "Exports and templates of Partner Center, Microsoft 365, Entra ID, Google Workspace, Okta, CIPP and Active Directory are taken as they are.",
  },
  updateUsers: {
    title: "Update users from a file",
    label: "Update users",
    hint: "Names, jobs, addresses, sign-in",
    needs: `${who}, and has the fields to change. A blank cell leaves a field as it is, (clear) empties it.`,
    vendors: "Exports of Microsoft 365, Entra ID and Graph, and Muster's own results are taken as they are.",
  },
  changeLicenses: {
    title: "Change licenses from a file",
    label: "Change licenses",
    hint: "Add, remove or swap them",
    needs: `${who}, with licenses to add, to remove, or both. Other licenses stay.`,
    vendors: anyList,
  },
  deleteUsers: {
    title: "Delete users from a file",
    label: "Delete users",
    hint: "Can be restored for 30 days",
    needs: `${who}. Their seats become free.`,
    vendors: entraList,
  },
  restoreUsers: {
    title: "Restore users from a file",
    label: "Restore users",
    hint: "Deleted users come back",
    needs: `${who}. A new username stands in a column of its own where the old one is in use.`,
    vendors: entraList,
  },
  resetPasswords: {
    title: "Reset passwords from a file",
    label: "Reset passwords",
    hint: "New temporary passwords",
    needs: `${who}. A password may stand beside it; Muster makes those that are missing.`,
    vendors: anyList,
  },
  changePermissions: {
    title: "Change permissions from a file",
    label: "Change permissions",
    hint: "User, Global admin or custom",
    needs: `${who}, with the permission that the user is to have.`,
    vendors: anyList,
  },
  removeUsers: {
    title: "Remove users for good from a file",
    label: "Remove for good",
    hint: "Cannot be undone",
    needs: `${who}, with the user's display name typed as confirmation. Only deleted users are removed.`,
    vendors: anyList,
  },
};

/** The words of the upload. */
export const uploadTexts = {
  upload: {
    operation: "What to do with the users in the file",
    operations: operationWords,
    file: "File",
    drop: "Drop an Excel workbook or a CSV file here",
    dropNow: "Drop it to take it",
    pick: "Choose a file",
    pasteHint: "or paste rows that you copied from a spreadsheet (Ctrl+V).",
    pasteLabel: "Paste rows",
    pasteTitle: "Paste rows",
    pasteField: "Rows with their header",
    pasteTake: "Take these rows",
    pastedName: "pasted-rows.csv",
    tooMany: "One file at a time.",
    replace: "Choose another file",
    notRows: "That is no table. Copy the rows together with the header over them.",
    notFile: "That is no file. Drop a workbook or a CSV file, or rows from a spreadsheet.",
    formats: "Excel workbooks (.xlsx) and CSV in any encoding, columns in any order.",
    sheet: "Sheet",
    sheetHint: "Of the workbook; Muster chooses the one that looks most like users unless told",
    sheetAny: "As Muster chooses",
    sheetHidden: (name: string) => `${name} (hidden)`,
    template: (label: string) => `Download the template: ${label}`,
    preview: "The first rows",
    previewLead: (rows: number) =>
      `${many(rows, "row", "rows")} as this browser reads them; nothing was sent yet, and what counts is how the server reads the file.`,
    previewMore: (columns: number) => `and ${many(columns, "more column", "more columns")}`,
    previewWorkbook: "The rows of a workbook are shown with its plan, after it is sent.",
    previewNone: "This browser finds no rows in the file. The server says what is wrong with it.",
    previewRow: "Row",
    options: "Where the file leaves something open",
    location: "Usage location",
    locationHint: "For rows without their own",
    asInFile: "As in the file",
    licenses: "Licenses",
    licensesHint: "For rows without their own",
    licensesNone: "None",
    domain: "Domain",
    domainHint: "Puts every address on this domain",
    upnPattern: "Missing usernames",
    upnPatternHint: "Built from the names in the row; a name that is taken gets a number",
    upnPatterns: {
      "{givenName}.{surname}": "first.last (ana.silva)",
      "{g}{surname}": "flast (asilva)",
      "{givenName}{s}": "firstl (anas)",
      "{givenName}": "first (ana)",
    },
    upnPatternOwn: "A pattern of your own…",
    upnPatternField: "Pattern",
    upnPatternFieldHint: "Of {givenName}, {surname}, {displayName}, and {g} and {s} for first letters",
    onExisting: "Users who exist already",
    onExistingSkip: "Leave them as they are",
    onExistingUpdate: "Update them from the file",
    onDeleted: "Names of deleted users",
    onDeletedAsk: "Ask me: show them as conflicts",
    onDeletedRestore: "Restore the deleted user",
    onDeletedCreate: "Create a new user",
    submit: "Check the file",
    lead: "Nothing is changed yet: you see the plan first.",
    sending: (percent: number) => `Sending… ${percent} %`,
    reading: "Reading and planning…",
    stop: "Stop",
    done: (fileName: string) => `${fileName} was read and planned.`,
    failed: (fileName: string, why: string) => `${fileName} was not taken. ${why}`,
    openPlan: "Open the plan",
    missing: "Choose a file first.",
    refused: "The file was not taken",
    sayColumns: "Say what the columns are",
    sayColumnsLead: "Choose the field of each column that matters; the others are kept and not used.",
    sayColumnsSubmit: "Check the file with these columns",
  },
} as const;
