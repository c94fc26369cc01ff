import { exampleIds } from "./example-ids.ts";
import type { SomeExamples } from "./example.ts";

const { customerId, agentId } = exampleIds;

const people = `User name,First name,Last name,Usage location,Licenses
lena.vogt@fabrikam.example,Lena,Vogt,DE,SPE_E3
paul.roy@fabrikam.example,Paul,Roy,France,Microsoft 365 E3
`;

const catalog = `Product_Display_Name,String_Id,GUID,Service_Plan_Name,Service_Plan_Id,Service_Plans_Included_Friendly_Names
Microsoft Teams Essentials,TEAMS_ESSENTIALS,fde42873-30b6-436b-b361-21af5a6b84ae,TEAMS_ESSENTIALS,f4f2f6de-6830-442b-a433-e92249faebe2,Microsoft Teams Essentials
`;

/** Examples of files that are sent, of batches that are looked for, changed, applied and retried, and of the catalogue. */
export const batchExamples: SomeExamples<
  | "createUpload"
  | "listBatches"
  | "changeBatch"
  | "changeRows"
  | "changeRow"
  | "fixRows"
  | "previewFix"
  | "listRows"
  | "listChunks"
  | "downloadResults"
  | "downloadFailed"
  | "downloadPasswords"
  | "downloadTemplate"
  | "applyBatch"
  | "approveBatch"
  | "refuseBatch"
  | "retryBatch"
  | "listCatalog"
  | "importCatalog"
> = {
  createUpload: {
    plan: {
      summary: "New users, planned and not applied",
      query: { operation: "create-users", fileName: "people.csv" },
      file: people,
    },
    options: {
      summary: "New users without country, licenses and usernames, which the options bring",
      query: {
        operation: "create-users",
        usageLocation: "DE",
        skus: "SPE_E3",
        upnPattern: "{givenName}.{surname}",
        mapping: '{"Rufname":"givenName","Notiz":null}',
        onExisting: "update",
        onDeleted: "restore",
        apply: "true",
      },
      file: "Rufname,Last name,Notiz\nLena,Vogt,starts in May\nPaul,Roy,\n",
    },
    sheet: {
      summary: "A sheet of a workbook by its name, which a file of text has none of",
      query: { operation: "create-users", sheet: "New users" },
      file: people,
    },
    deletion: {
      summary: "Users to delete, applied at once",
      query: { operation: "delete-users", apply: "true" },
      file: "User name\nanna.berg@fabrikam.example\n",
    },
    licenses: {
      summary: "Licenses to swap",
      query: { operation: "change-licenses" },
      file: "User name,Licenses,Remove licenses\nanna.berg@fabrikam.example,SPE_E5,SPE_E3\n",
    },
  },
  listBatches: {
    customer: { summary: "The finished batches of a customer", query: { customerId, state: "finished", limit: 20 } },
    file: { summary: "Batches of a file", query: { q: "people", count: "true" } },
    trouble: {
      summary: "Batches of new users in May with rows to mend",
      query: {
        operation: "createUsers",
        hasFailures: "true",
        since: "2026-05-01T00:00:00+02:00",
        until: "2026-06-01T00:00:00+02:00",
      },
    },
    mine: { summary: "Batches that an agent made", query: { agentId } },
    tries: { summary: "All batches, refused requests for one user included", query: { refused: "true" } },
  },
  changeBatch: {
    mapping: {
      summary: "What columns stand for: one is a department, one is left out",
      body: { mapping: { "Cost centre": "department", Notes: null } },
    },
    options: {
      summary: "A country for rows without their own; no license for rows without",
      body: { options: { usageLocation: "SE", skus: null } },
    },
    later: { summary: "Starts at a set time", body: { startAt: "2099-05-01T20:00:00+02:00" } },
  },
  changeRows: {
    two: {
      summary: "Cells of two rows, by the header's labels",
      body: {
        rows: [
          { rowNo: 1, values: { "Usage location": "Norway" } },
          { rowNo: 2, values: { "Last name": "Ström", Notes: null } },
        ],
      },
    },
  },
  changeRow: { one: { summary: "A cell of one row, by the field's name", body: { values: { usageLocation: "TW" } } } },
  fixRows: {
    replace: {
      summary: "A text that is replaced in the usernames that break the rules",
      body: { code: "upn_invalid", column: "User name", change: { replace: "paul.roy.", by: "paul.roy" } },
    },
    set: {
      summary: "One value for all of them, in a column by its field",
      body: { code: "upn_invalid", state: "failed", column: "userPrincipalName", change: { set: "paul.roy" } },
    },
  },
  previewFix: {
    replace: {
      summary: "What a text that is replaced would change",
      body: { code: "upn_invalid", column: "User name", change: { replace: "paul.roy.", by: "paul.roy" } },
    },
  },
  listRows: {
    failed: { summary: "Rows that failed for want of a seat", query: { code: "seat_shortage", limit: 50 } },
    planned: { summary: "Rows of a plan that would create a user", query: { plan: "create", count: "true" } },
  },
  downloadResults: {
    all: { summary: "Every row", query: {} },
    some: { summary: "The rows that ended without a seat", query: { code: "seat_shortage" } },
  },
  downloadFailed: { some: { summary: "The rows that ended without a seat", query: { code: "seat_shortage" } } },
  downloadPasswords: {
    all: { summary: "Those of all rows", body: {} },
    some: { summary: "Those of rows that ended well", body: { state: "succeeded" } },
  },
  downloadTemplate: {
    own: { summary: "Muster's own", query: {} },
    vendor: { summary: "That of Entra ID", query: { vendor: "entra-id" } },
  },
  listChunks: { first: { summary: "The first 20 parts", query: { limit: 20 } } },
  applyBatch: {
    now: { summary: "At once", body: {} },
    later: { summary: "At a set time", body: { startAt: "2099-05-01T20:00:00+02:00" } },
    confirmed: { summary: "With the number of users that the plan hits", body: { confirm: 3 } },
  },
  approveBatch: {
    yes: {
      summary: "The plan that was looked at, with a word for whoever asked",
      body: { planVersion: 1, note: "They moved" },
    },
  },
  refuseBatch: { no: { summary: "With the reason", body: { planVersion: 1, note: "These are the wrong people" } } },
  retryBatch: {
    all: { summary: "All rows that failed or ended in part", body: {} },
    cause: { summary: "Those without a seat only", body: { codes: ["seat_shortage"] } },
    rows: { summary: "Some rows", body: { rowNos: [2, 3] } },
    confirmed: { summary: "With the number of users that the rows hit", body: { confirm: 3 } },
  },
  listCatalog: {
    name: { summary: "Products of a name, and how many there are", query: { q: "Microsoft 365", count: "true" } },
  },
  importCatalog: {
    csv: { summary: "The vendor's table", file: catalog },
    preview: { summary: "What the vendor's table would change", query: { apply: "false" }, file: catalog },
  },
};
