import { wrongUsage } from "./exit-codes.ts";

/** The whole number given for `--<flag>`; null where none was. @throws CommandFailed wrongUsage */
export function readCount(flag: string, given: string | undefined): number | null {
  if (given === undefined) return null;
  if (/^\d{1,8}$/.test(given)) return Number(given);
  throw wrongUsage(`--${flag} takes a whole number, not "${given}".`);
}

const usualItems = 20;
const mostItems = 500;

/** How many items a list is to have. @throws CommandFailed wrongUsage */
export function readLimit(given: string | undefined): number {
  const limit = readCount("limit", given) ?? usualItems;
  if (limit >= 1 && limit <= mostItems) return limit;
  throw wrongUsage(`--limit takes a number from 1 to ${mostItems}.`);
}
