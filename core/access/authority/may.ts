import {
  gdapRoles,
  type GdapRole,
  type PartnerAct,
  partnerActs,
  type PartnerRole,
  partnerRoles,
} from "../../../contract/authority.ts";
import { type CustomerAct, customerRules } from "../../../contract/customer-acts.ts";
import type { Authority } from "./authority.ts";
import { type Act, begunBy, openRoles } from "./rules.ts";

/** A no names the roles of which one is missing, as in `User Administrator or Directory Writer at Contoso`. */
export type MayAnswer = { allowed: true } | { allowed: false; missing: string };

/** One who asks: the agent, or the agent as narrow as the API key makes them. */
type Standing = { partnerRole: PartnerRole; roles: readonly GdapRole[]; place: string };

const yes: MayAnswer = { allowed: true };

/**
 * Whether `authority` allows `act` at the customer that it was loaded for, to a user who holds the directory roles of
 * `target` where the act has one. Everything goes through here.
 */
export function may(authority: Authority, act: Act, target: { roles: readonly string[] } = { roles: [] }): MayAnswer {
  if (authority.kind === "unrestricted") return yes;
  const { partnerRole, key, at } = authority;
  if (partnerRole === null) return no("an agent who is one still, and a key that is valid still");
  const place = at === null ? "the customer" : at.name;
  const own = decide({ partnerRole, roles: at?.roles ?? [], place }, act, target.roles);
  if (!own.allowed || key === null) return own;
  if (isPartnerAct(act) && (key.customerIds !== undefined || key.roles !== undefined)) {
    return no("an API key that is not narrowed to roles or customers");
  }
  const inside = at === null || key.customerIds === undefined || key.customerIds.includes(at.customerId);
  const roles = inside ? (key.roles ?? at?.roles ?? []) : [];
  const narrowed = decide({ partnerRole: key.partnerRole ?? partnerRole, roles, place }, act, target.roles);
  return narrowed.allowed ? narrowed : no(`${narrowed.missing} in the API key`);
}

/** Whether `authority` may begin `act`: the whole of it, or the part of it that some rows may be about. */
export function mayBegin(authority: Authority, act: Act): MayAnswer {
  const answers = (begunBy[act] ?? [act]).map((one) => may(authority, one));
  return answers.find((answer) => answer.allowed) ?? answers[0] ?? yes;
}

function decide(standing: Standing, act: Act, targetRoles: readonly string[]): MayAnswer {
  if (isPartnerAct(act)) return standing.partnerRole === "adminAgent" ? yes : no(partnerRoles.adminAgent.label);
  if (act !== "downloadPasswords") return decideAtCustomer(standing, act, targetRoles);
  const reset = decideAtCustomer(standing, "resetPasswords", targetRoles);
  return reset.allowed || mayCreateAs(standing, targetRoles) ? yes : reset;
}

/** Whether the standing may make a user with such roles. */
function mayCreateAs(standing: Standing, roles: readonly string[]): boolean {
  return (
    decideAtCustomer(standing, "createUsers", []).allowed &&
    (roles.length === 0 || decideAtCustomer(standing, "changePermissions", []).allowed)
  );
}

function decideAtCustomer(standing: Standing, act: CustomerAct, targetRoles: readonly string[]): MayAnswer {
  const rule: { partner: readonly PartnerRole[]; roles: readonly GdapRole[]; guarded?: readonly GdapRole[] } =
    customerRules[act];
  if (!rule.partner.includes(standing.partnerRole)) return no(partnerRoles.adminAgent.label);
  const enough = rule.guarded !== undefined && isGuarded(targetRoles) ? rule.guarded : rule.roles;
  if (enough.some((role) => standing.roles.includes(role))) return yes;
  // Whoever needs a role is told of those that are just enough, and never sent for the greatest of all.
  const labels = enough.filter((role) => role !== "globalAdministrator").map((role) => gdapRoles[role].label);
  return no(`${labels.join(" or ")} at ${standing.place}`);
}

function isGuarded(roles: readonly string[]): boolean {
  return roles.some((role) => !openRoles.includes(role));
}

function isPartnerAct(act: Act): act is PartnerAct {
  return (partnerActs as readonly string[]).includes(act);
}

function no(missing: string): MayAnswer {
  return { allowed: false, missing };
}
