import { quoteValue, type CauseCode } from "../../contract/codes.ts";

/** A user principal name, or why there is none: a code, and the rest of a sentence that began with row and column. */
export type ReadUpn = { upn: string } | { code: CauseCode; said: string };

type Domains = { domains: ReadonlySet<string>; defaultDomain: string; domain: string | null };

const allowed = /^[A-Za-z0-9'.\-_!#^~]+$/;

/**
 * Reads `value` as a user principal name: a name without a domain gets the default domain, and where the agent chose a
 * domain every name is put on it. Keeps the case of the part before the @. Rules: domain notes, section 4.
 */
export function readUpn(value: string, { domains, defaultDomain, domain }: Domains): ReadUpn {
  const at = value.indexOf("@");
  const local = at === -1 ? value : value.slice(0, at);
  const given = at === -1 ? "" : value.slice(at + 1);
  if (local === "") return invalid(value, `has nothing before the @. Give a name such as "anna.berg"`);
  if (given.includes("@")) return invalid(value, "has more than one @. Leave one");
  if (!allowed.test(local)) {
    const character = Array.from(local).find((one) => !allowed.test(one))!;
    return invalid(value, `has ${quoteValue(character)} before the @. Use A–Z, a–z, 0–9 and ' . - _ ! # ^ ~`);
  }
  if (local.endsWith(".")) return invalid(value, "has a dot directly before the @. Remove it");
  if (local.length > 64)
    return invalid(value, `has ${local.length} characters before the @; 64 is the most. Shorten it`);
  if (domain !== null) return { upn: `${local}@${domain}` };
  if (at === -1 && defaultDomain === "") {
    return {
      code: "domain_unverified",
      said: `${quoteValue(value)} has no domain, and the customer has no default domain. Add a domain to the customer.`,
    };
  }
  if (at === -1) return { upn: `${local}@${defaultDomain}` };
  if (given === "") return invalid(value, "has nothing after the @. Remove the @, or choose the option domain");
  if (domains.has(given.toLowerCase())) return { upn: value };
  if (isPlaceholder(given)) {
    return invalid(
      value,
      `has a placeholder for its domain. Choose the option domain (${some(domains)}), which puts every name on it`,
    );
  }
  if (given.length > 48) return invalid(value, `has ${given.length} characters after the @; 48 is the most`);
  return {
    code: "domain_unverified",
    said: `the domain ${quoteValue(given)} of ${quoteValue(value)} is not one of the customer's (${some(domains)}). Correct it, choose the option domain, or add the domain to the customer.`,
  };
}

function isPlaceholder(domain: string): boolean {
  return /[<>[\]{}]|\s|^(?:your|my)?-?domain(?:name)?(?:\.|$)/i.test(domain);
}

function invalid(value: string, why: string): ReadUpn {
  return { code: "upn_invalid", said: `${quoteValue(value)} ${why}.` };
}

function some(domains: ReadonlySet<string>): string {
  const shown = [...domains].slice(0, 3).join(", ");
  if (shown === "") return "it has none";
  return domains.size > 3 ? `${shown} and ${domains.size - 3} more` : shown;
}
