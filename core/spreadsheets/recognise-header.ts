import type { FieldName } from "../../contract/fields.ts";
import { foldWords } from "./fold-words.ts";
import { harmlessWords, headerWords, secretWords } from "./header-words.ts";

// Data is tried as a header too, and folding long cells would take long.
const longestLabel = 200;

type Claim = { field: FieldName; rank: number };

/** Which field each header stands for, before two headers for one field are settled. Lower ranks win. */
function headerClaims(header: string[]): (Claim | null)[] {
  const claims = header.map(claimOf);
  // `Vorname;Name` and `First name,Name`: beside a given name and without a surname, Name is the surname.
  const has = (field: FieldName) => claims.some((claim) => claim?.field === field);
  if (has("givenName") && !has("surname")) {
    const at = claims.findIndex((claim, index) => claim?.field === "displayName" && isBareName(header[index]!));
    if (at !== -1) claims[at] = { field: "surname", rank: 1 };
  }
  return claims;
}

/**
 * The field that each column of `header` stands for, or null. Where several columns claim one field the stronger word
 * takes it; equally strong ones all appear, and it is on the caller to refuse them as ambiguous.
 */
export function recogniseHeader(header: string[]): (FieldName | null)[] {
  const claims = headerClaims(header);
  const best = new Map<FieldName, number>();
  for (const claim of claims) {
    if (claim !== null) best.set(claim.field, Math.min(claim.rank, best.get(claim.field) ?? claim.rank));
  }
  return claims.map((claim) => (claim !== null && claim.rank === best.get(claim.field) ? claim.field : null));
}

/** Whether the column under `label` holds passwords, be it used or not: `Confirm password` does, `Password expires` not. */
export function holdsSecrets(label: string): boolean {
  const word = foldWords(label.replace(/\brequired\b|\[required\]/gi, ""));
  return (
    secretWords.some((secret) => word.includes(secret)) && !harmlessWords.some((harmless) => word.includes(harmless))
  );
}

function claimOf(label: string): Claim | null {
  if (label.length > longestLabel) return null;
  const words = lookup();
  const plain = words.get(foldWords(label)) ?? words.get(foldWords(withoutRemarks(label))) ?? null;
  // Entra's own template has `Block sign in (Yes/No) [accountEnabled]`, where Yes means that the account is disabled.
  if (plain?.field === "signInBlocked") return plain;
  for (const [, bracketed] of label.matchAll(/\[([^\]]*)\]/g)) {
    const exact = words.get(foldWords(bracketed!));
    if (exact !== undefined) return { field: exact.field, rank: exact.rank - 10 };
  }
  return plain;
}

/** `Name` and nothing else; Entra's `Name [displayName]` says itself what it is. */
function isBareName(label: string): boolean {
  return foldWords(label.replace(/\brequired\b/gi, "")) === "name";
}

function withoutRemarks(label: string): string {
  return label
    .replace(/\[[^\]]*\]|\([^)]*\)/g, " ")
    .replace(/\brequired\b/gi, " ")
    .trim();
}

let words: Map<string, Claim> | undefined;

function lookup(): Map<string, Claim> {
  if (words !== undefined) return words;
  words = new Map();
  for (const [field, groups] of Object.entries(headerWords) as [FieldName, string[][]][]) {
    words.set(foldWords(field), { field, rank: 0 });
    groups.forEach((group, rank) => {
      for (const word of group) if (!words!.has(foldWords(word))) words!.set(foldWords(word), { field, rank });
    });
  }
  return words;
}
