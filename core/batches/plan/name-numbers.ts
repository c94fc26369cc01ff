import { numbered } from "../../../files/rows/build-upn.ts";

/** The number that makes `local` to `other` (1 where they are the same), or null where none does. */
export function numberOf(local: string, other: string): number | null {
  if (other === local) return 1;
  const digits = /\d{1,9}$/.exec(other)?.[0] ?? "";
  for (let length = digits.length; length > 0; length--) {
    const number = Number(digits.slice(-length));
    if (number > 1 && numbered(local, number) === other) return number;
  }
  return null;
}

/** The names, without their domain, that a number may have made to `local`, short of those that were cut. */
export function basesOf(local: string): string[] {
  const digits = /\d{1,9}$/.exec(local)?.[0] ?? "";
  const shorter = Array.from({ length: digits.length }, (_, at) => local.slice(0, -1 - at));
  return [...new Set(shorter.flatMap((base) => [base, base.replace(/-$/, "")]))].filter(
    (base) => base !== "" && numberOf(base, local) !== null,
  );
}
