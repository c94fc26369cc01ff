import { gdapRoles, type KeyAuthority, partnerRoles } from "../../contract/authority.ts";
import { settingsTexts } from "./settings-texts.ts";

const words = settingsTexts.keys;

/** What an API key may do, in words; an empty list of roles or customers allows nothing, and is told as such. */
export function keyAuthorityWords(authority: KeyAuthority | null): string {
  if (authority === null) return words.all;
  const { partnerRole, roles, customerIds } = authority;
  const parts = [
    partnerRole === undefined ? null : partnerRoles[partnerRole].label,
    roles === undefined
      ? null
      : roles.length === 0
        ? words.noRole
        : roles.map((role) => gdapRoles[role].label).join(", "),
    customerIds === undefined ? null : words.atCustomers(customerIds.length),
  ].filter((part) => part !== null);
  return parts.length === 0 ? words.all : parts.join(" · ");
}
