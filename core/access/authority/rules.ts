import {
  type CustomerAct,
  type GdapRole,
  gdapRoleNames,
  type PartnerAct,
  type PartnerRole,
  partnerRoleNames,
} from "../../../contract/authority.ts";

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
} as const satisfies Record<CustomerAct, CustomerRule>;

/** Everything that an agent may want to do; opening temporary passwords goes by creating and resetting. */
export type Act = CustomerAct | PartnerAct | "downloadPasswords";

/** Operations that one may begin who may do any of these; what a row of it then needs is asked of each row. */
export const begunBy: Partial<Record<Act, readonly Act[]>> = {
  updateUsers: ["updateUsers", "changeSignIn", "setUsageLocation"],
};

/** Directory roles that do not guard the user who holds them: whoever may touch users without a role may touch these. */
export const openRoles: readonly string[] = [
  "directoryReaders",
  "guestInviter",
  "passwordAdmin",
  "messageCenterReader",
  "reportsReader",
  "helpdeskAdmin",
  "groupsAdmin",
  "userManagementAdmin",
];
