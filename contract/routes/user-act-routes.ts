import { batchSchema } from "../batch.ts";
import type { Code } from "../codes.ts";
import {
  licenseChangeSchema,
  passwordResetSchema,
  permissionChangeSchema,
  removalSchema,
  restoreSchema,
  userChangeSchema,
} from "../user-changes.ts";
import { userAnswerSchema } from "./customer-routes.ts";
import { type Route, userParams } from "./route.ts";

const userPath = "/v1/customers/{customerId}/users/{userId}";

const user = {
  tag: "Users",
  params: userParams,
  headers: ["If-Match", "Prefer"],
  answers: { 200: { schema: userAnswerSchema }, 202: { schema: batchSchema } },
} as const;

const moved: Code[] = ["changed_meanwhile", "user_unknown", "user_deleted"];

/** What can be done to one user, each as a batch of one row; If-Match names the user's version that was looked at. */
export const userActRoutes = {
  changeUser: {
    ...user,
    method: "patch",
    path: userPath,
    summary: "Changes fields of one user, username and block of sign-in included",
    authority: { act: "updateUsers", at: "customer" },
    body: userChangeSchema,
    problems: [...moved, "upn_taken", "domain_unverified"],
  },
  deleteUser: {
    ...user,
    method: "delete",
    path: userPath,
    summary: "Deletes one user; the user can be restored for 30 days",
    authority: { act: "deleteUsers", at: "customer" },
    problems: ["changed_meanwhile", "user_unknown"],
  },
  restoreUser: {
    ...user,
    method: "post",
    path: `${userPath}/restore`,
    summary: "Restores one deleted user, under a new name where one is given",
    authority: { act: "restoreUsers", at: "customer" },
    body: restoreSchema,
    problems: ["changed_meanwhile", "user_unknown", "upn_taken", "restore_expired", "domain_unverified"],
  },
  resetPassword: {
    ...user,
    method: "post",
    path: `${userPath}/reset-password`,
    summary: "Gives one user a new temporary password, chosen or made; with Prefer: wait the answer carries it",
    authority: { act: "resetPasswords", at: "customer" },
    body: passwordResetSchema,
    problems: [...moved, "password_invalid"],
  },
  changeUserLicenses: {
    ...user,
    method: "post",
    path: `${userPath}/licenses`,
    summary: "Adds and removes licenses of one user, and switches service plans; all of it or nothing",
    authority: { act: "changeLicenses", at: "customer" },
    body: licenseChangeSchema,
    problems: [
      ...moved,
      "sku_unknown",
      "seat_shortage",
      "usage_location_missing",
      "prohibited_in_location",
      "plan_conflict",
      "plan_dependency",
      "license_group_mixed",
      "managed_by_publisher",
    ],
  },
  changeUserPermissions: {
    ...user,
    method: "put",
    path: `${userPath}/permissions`,
    summary: "Sets what one user may do in the customer's tenant",
    authority: { act: "changePermissions", at: "customer" },
    body: permissionChangeSchema,
    problems: [...moved, "permission_unknown"],
  },
  removeUser: {
    ...user,
    method: "post",
    path: `${userPath}/remove`,
    summary: "Removes one deleted user for good; confirm holds the user's name",
    authority: { act: "removeUsers", at: "customer" },
    body: removalSchema,
    answers: { 202: { schema: batchSchema }, 204: { empty: true } },
    problems: ["changed_meanwhile", "user_unknown", "user_active", "confirmation_wrong"],
  },
} as const satisfies Record<string, Route>;
