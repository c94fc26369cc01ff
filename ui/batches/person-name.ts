import type { Person } from "../../contract/batch.ts";

/** The name of whom a row or a batch is about, or the username where there is no other; null where neither is known. */
export function personName(person: Person | null): string | null {
  return person?.displayName ?? person?.userPrincipalName ?? null;
}
