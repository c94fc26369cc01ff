import { exampleIds } from "./example-ids.ts";
import type { SomeExamples } from "./example.ts";

const { userId, colleagueId, deletedUserId } = exampleIds;

/** Examples of batches that are made of JSON: rows, users by id, and all users that a filter finds. */
export const newBatchExamples: SomeExamples<"createBatch"> = {
  createBatch: {
    create: {
      summary: "Creates users; all of them get a license",
      body: {
        operation: "createUsers",
        rows: [
          { userPrincipalName: "eva.ruiz@fabrikam.example", displayName: "Eva Ruiz", usageLocation: "ES" },
          { userPrincipalName: "noah.dietz@fabrikam.example", displayName: "Noah Dietz", usageLocation: "Germany" },
        ],
        options: { skus: ["SPE_E3"] },
      },
    },
    update: {
      summary: "Moves a department, after a look at the plan",
      body: {
        operation: "updateUsers",
        select: { filter: { department: ["Sales"] } },
        change: { department: "Revenue", officeLocation: "Lund" },
        apply: false,
      },
    },
    block: {
      summary: "Blocks the sign-in of two users, by id",
      body: {
        operation: "updateUsers",
        select: { userIds: [userId, colleagueId] },
        change: { accountEnabled: false },
      },
    },
    permissions: {
      summary: "A permission for each of two users",
      body: {
        operation: "changePermissions",
        rows: [
          { userPrincipalName: "anna.berg@fabrikam.example", permission: "Password admin" },
          { userId: colleagueId, permission: ["User management admin", "Service admin"] },
        ],
      },
    },
    licenses: {
      summary: "Swaps a license for everybody who has it",
      body: {
        operation: "changeLicenses",
        select: { filter: { license: ["SPE_E3"] } },
        change: { add: [{ sku: "SPE_E5" }], remove: ["SPE_E3"] },
      },
    },
    passwords: {
      summary: "New temporary passwords, tonight",
      body: {
        operation: "resetPasswords",
        select: { filter: { department: ["Sales"] } },
        change: {},
        startAt: "2099-05-01T20:00:00+02:00",
      },
    },
    delete: {
      summary: "Deletes users by name",
      body: {
        operation: "deleteUsers",
        rows: [
          { userPrincipalName: "anna.berg@fabrikam.example" },
          { userPrincipalName: "jose.nunez@fabrikam.example" },
        ],
      },
    },
    restore: {
      summary: "Restores a deleted user under a new name",
      body: {
        operation: "restoreUsers",
        rows: [{ userId: deletedUserId, newUserPrincipalName: "tom.hale2@fabrikam.example" }],
      },
    },
    remove: {
      summary: "Removes deleted users for good; the customer's name is the confirmation",
      body: {
        operation: "removeUsers",
        select: { filter: { q: "hale" } },
        change: { confirm: "Fabrikam" },
      },
    },
  },
};
