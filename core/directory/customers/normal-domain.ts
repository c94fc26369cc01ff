import { Problem } from "../../../contract/problem.ts";

const label = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const pattern = new RegExp(`^${label}(?:\\.${label})+$`);
/** Characters that a user principal name may have after the @. */
const longest = 48;

/** The domain in lower case. @throws Problem domain_invalid. */
export function normalDomain(name: string): string {
  const domain = name.trim().toLowerCase().replace(/^@/, "");
  if (domain.length <= longest && pattern.test(domain)) return domain;
  const advice =
    "Give a name such as contoso.example, of at most 48 characters; write international names in their xn-- form.";
  throw new Problem("domain_invalid", `"${name.slice(0, 80)}" is not a domain. ${advice}`, {
    errors: [{ column: "domains", value: name.slice(0, 80), message: advice }],
  });
}
