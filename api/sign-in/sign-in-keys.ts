import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/** The keys of the sign-in library: `previous` opens what was encrypted or signed before the secret key was changed. */
export type SignInKeys = { current: string; previous: string | null };

/** The keys as the library takes them, the one of now first; each has a number that is the same in every process. */
export function librarySecrets({ current, previous }: SignInKeys): { version: number; value: string }[] {
  return [current, ...(previous === null ? [] : [previous])].map((value) => ({ version: numberOf(value), value }));
}

/** What stands in front of everything that the library encrypts under the key of now. */
export function envelopePrefix({ current }: SignInKeys): string {
  return `$ba$${numberOf(current)}$`;
}

/**
 * Signs the cookies of a request anew that were signed under the previous key, so that nobody has to sign in again: the
 * library knows the signatures of one key only. Others stay as they came.
 */
export function signCookiesAnew(header: string, { current, previous }: SignInKeys): string {
  if (previous === null) return header;
  const pairs = header.split(";").map((pair) => pair.trim());
  return pairs.map((pair) => signAnew(pair, current, previous)).join("; ");
}

function signAnew(pair: string, current: string, previous: string): string {
  const at = pair.indexOf("=");
  const [value, signature] = cutSignature(decode(pair.slice(at + 1)));
  if (signature === "" || !isSame(signature, sign(value, previous))) return pair;
  return `${pair.slice(0, at)}=${encodeURIComponent(`${value}.${sign(value, current)}`)}`;
}

function cutSignature(signed: string): [value: string, signature: string] {
  const at = signed.lastIndexOf(".");
  return at === -1 ? [signed, ""] : [signed.slice(0, at), signed.slice(at + 1)];
}

function sign(value: string, key: string): string {
  return createHmac("sha256", key).update(value).digest("base64");
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

/** Any whole number serves; two keys of one installation share theirs once in 2^48. */
function numberOf(key: string): number {
  return createHash("sha256").update("muster sign-in key").update(key).digest().readUIntBE(0, 6);
}
