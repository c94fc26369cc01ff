import { Problem } from "../../contract/problem.ts";

/**
 * The version that an `If-Match` header names, by itself or at the head of an entity tag (`batchTag`); undefined where it
 * names none or any.
 * @throws Problem body_invalid for a header that holds something else; `what` is said to have the version
 */
export function entityVersion(ifMatch: string | undefined, what: "plan" | "user"): number | undefined {
  if (ifMatch === undefined || ifMatch.trim() === "*") return undefined;
  const version = /^(?:W\/)?"?(\d{1,9})(?:\.[\w-]{1,64})?"?$/.exec(ifMatch.trim())?.[1];
  if (version === undefined) throw new Problem("body_invalid", `If-Match holds the ${what}'s version, such as "1"`);
  return Number(version);
}
