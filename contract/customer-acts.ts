import { type GdapRole, gdapRoleNames, type PartnerRole, partnerRoleNames } from "./authority.ts";
import type { Operation } from "./operations.ts";

/**
 * Who may do an act at a customer: agents of one of `partner` who hold one of `roles` there. Where the target is guarded,
 * only `guarded` will do; an act without it asks nothing about its target.
 */
type CustomerRule = {
  partner: readonly PartnerRole[];
  roles: readonly GdapRole[];
  guarded?: readonly GdapRole[];
};

const admins: readonly PartnerRole[] = ["adminAgent"];
const guardians: readonly GdapRole[] = ["privilegedAuthenticationAdministrator", "globalAdministrator"];

/**
 * The acts at a customer. Source: Partner Center, "GDAP role guidance" and its users and licenses pages; "Who can perform
 * sensitive actions" of Microsoft Entra for guarded targets, which hold for every role, Directory Writer included.
 */
export const customerRules = {
  /** Users, licenses, batches and the audit of the customer. */
  read: { partner: partnerRoleNames, roles: gdapRoleNames },
  createUsers: { partner: admins, roles: ["directoryWriter", "userAdministrator", "globalAdministrator"] },
  /** Names, addresses, jobs: every field that is not one of the next two acts. */
  updateUsers: { partner: admins, roles: ["directoryWriter", "userAdministrator", ...guardians] },
  /** Changing the userPrincipalName, blocking and unblocking sign-in. */
  changeSignIn: {
    partner: admins,
    roles: ["directoryWriter", "userAdministrator", ...guardians],
    guarded: guardians,
  },
  setUsageLocation: {
    partner: admins,
    roles: ["licenseAdministrator", "directoryWriter", "userAdministrator", "globalAdministrator"],
  },
  changeLicenses: {
    partner: partnerRoleNames,
    roles: ["licenseAdministrator", "directoryWriter", "userAdministrator", "globalAdministrator"],
  },
  resetPasswords: { partner: admins, roles: ["userAdministrator", ...guardians], guarded: guardians },
  deleteUsers: { partner: admins, roles: ["userAdministrator", ...guardians], guarded: guardians },
  restoreUsers: {
    partner: admins,
    roles: ["directoryWriter", "userAdministrator", ...guardians],
    guarded: guardians,
  },
  changePermissions: { partner: admins, roles: ["privilegedRoleAdministrator", "globalAdministrator"] },
  removeUsers: { partner: admins, roles: ["userAdministrator", ...guardians], guarded: guardians },
  /** Beginning an undo: whoever may do a part of one. Each row then needs what it changes. */
  undoBatch: {
    partner: partnerRoleNames,
    roles: [
      "licenseAdministrator",
      "directoryWriter",
      "userAdministrator",
      "privilegedRoleAdministrator",
      ...guardians,
    ],
  },
} as const satisfies Record<Operation, CustomerRule> & Record<string, CustomerRule>;

/** What can be done at a customer: each operation, reading, and two parts of an update that ask for other roles. */
export type CustomerAct = keyof typeof customerRules;

export const customerActs = Object.keys(customerRules) as [CustomerAct, ...CustomerAct[]];
