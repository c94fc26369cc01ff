import type { FieldName } from "../../contract/fields.ts";
import { foldWords } from "../text/fold-words.ts";
import { meaningsOf, type Meaning } from "./words/meanings.ts";
import { harmlessWords, secretWords } from "./words/secret-words.ts";
import { labelParts, signInMeanings } from "./sign-in-label.ts";
import { resolveNames, type ColumnClaim } from "./resolve-names.ts";

// Data is tried as a header too, and folding long cells would take long.
const longestLabel = 200;

/**
 * The field that each column of `header` stands for, or null. Where several columns claim one field the stronger word
 * takes it; equally strong ones all appear, and it is on the caller to choose among them or to refuse them.
 */
export function recogniseHeader(header: string[]): (FieldName | null)[] {
  const meanings = header.map(labelMeanings);
  const votes = countVotes(meanings);
  const claims = resolveNames(
    meanings.map((known, at) => (known.length === 0 ? null : choose(known, votes, header[at]!))),
  );
  const best = new Map<FieldName, number>();
  for (const claim of claims) {
    if (claim !== null) best.set(claim.field, Math.min(claim.rank, best.get(claim.field) ?? claim.rank));
  }
  return claims.map((claim) => (claim !== null && claim.rank === best.get(claim.field) ? claim.field : null));
}

/** Whether any table has a word for `label`, be it one for something that no field takes. */
export function isKnownLabel(label: string): boolean {
  return labelMeanings(label).length > 0;
}

/** Whether `label` is about sign-in and leaves it open whether `Yes` blocks it or allows it. */
export function isOpenSignInLabel(label: string): boolean {
  if (label === "" || label.length > longestLabel || isKnownLabel(label)) return false;
  const parts = labelParts(label);
  const [plain, ...named] = [parts.words, ...parts.names].map((part) => meaningsOf(foldWords(part)));
  return (
    signInMeanings(
      parts,
      plain,
      named.find((known) => known !== undefined),
    ) !== undefined
  );
}

/** The labels of columns that no field takes because it is open whether their `Yes` blocks sign-in or allows it. */
export function openSignInLabels(header: readonly string[], columns: readonly (FieldName | null)[]): string[] {
  return header.filter((label, at) => columns[at] === null && isOpenSignInLabel(label));
}

/** Whether `label` says itself that e-mail addresses stand under it. */
export function isEmailLabel(label: string): boolean {
  return labelMeanings(label).some(({ means, rank }) => means === "userPrincipalName" && (rank === 2 || rank === 3));
}

/** Whether the column under `label` holds passwords, be it used or not: `Confirm password` does, `Password expires` not. */
export function holdsSecrets(label: string): boolean {
  const word = foldWords(label.replace(/\brequired\b|\[required\]/gi, ""));
  return (
    hasOneOf(word, (secrets ??= secretWords.map(foldWords))) &&
    !hasOneOf(word, (harmless ??= harmlessWords.map(foldWords)))
  );
}

let secrets: string[] | undefined;
let harmless: string[] | undefined;

function hasOneOf(word: string, parts: string[]): boolean {
  return parts.some((part) => word.includes(part));
}

/** How many labels each table knows: files are in one language, or of one program. */
function countVotes(meanings: Meaning[][]): Map<number, number> {
  const votes = new Map<number, number>();
  for (const known of meanings) for (const { table } of known) votes.set(table, (votes.get(table) ?? 0) + 1);
  return votes;
}

function choose(known: Meaning[], votes: Map<number, number>, label: string): ColumnClaim | null {
  let chosen: Meaning | null = null;
  let most = 0;
  for (const meaning of known) {
    const count = meaning.table === -1 ? Infinity : votes.get(meaning.table)!;
    if (count <= most) continue;
    chosen = meaning;
    most = count;
  }
  if (chosen === null || chosen.means === null) return null;
  // `L`, `ST` and `Ad` are words where a file has others of their kind, and anything at all where it has not.
  if (most === 1 && /^[a-z0-9]{1,2}$/.test(foldWords(label))) return null;
  return { field: chosen.means, rank: chosen.rank };
}

function labelMeanings(label: string): Meaning[] {
  if (label === "" || label.length > longestLabel) return [];
  const whole = meaningsOf(foldWords(label));
  if (whole !== undefined) return whole;
  const parts = labelParts(label);
  const plain = meaningsOf(foldWords(parts.words));
  const named = parts.names.map((name) => meaningsOf(foldWords(name))).find((known) => known !== undefined);
  const signIn = signInMeanings(parts, plain, named);
  if (signIn !== undefined) return signIn;
  return named?.map((meaning) => ({ ...meaning, rank: meaning.rank - 10 })) ?? plain ?? inTwoLanguages(label);
}

/** `Vorname / First name` and `氏名（Name）`: every part is known, and all of them mean the same. */
function inTwoLanguages(label: string): Meaning[] {
  const parts = label.split(/[/|()（）\n\r]/).filter((part) => part.trim() !== "");
  if (parts.length < 2 || parts.length > 4) return [];
  const meanings = parts.map((part) => meaningsOf(foldWords(part)) ?? []);
  return meanings[0]!.filter(({ means }) => meanings.every((known) => known.some((other) => other.means === means)));
}
