import type { FieldName } from "../../contract/fields.ts";
import { isEmailLabel, recogniseHeader } from "./recognise-header.ts";
import {
  isAddress,
  isCountry,
  isLicense,
  isObjectId,
  isPhone,
  isSwitch,
  shareOf,
  valuesOf,
  type ValueKind,
} from "../rows/value-kinds.ts";

/** Fields whose values show by themselves whether they stand under the right label. */
const kinds: Partial<Record<FieldName, ValueKind>> = {
  userPrincipalName: isAddress,
  otherMail: isAddress,
  country: isCountry,
  usageLocation: isCountry,
  businessPhone: isPhone,
  mobilePhone: isPhone,
  faxNumber: isPhone,
  licenses: isLicense,
  objectId: isObjectId,
  accountEnabled: isSwitch,
  signInBlocked: isSwitch,
};

/** Fields whose values show that they stand right, but look like others' where they do not. */
const weakKinds: Partial<Record<FieldName, ValueKind>> = {
  displayName: (value) => /\S[\s,]+\S/.test(value),
  postalCode: (value) => /^[A-Z0-9 -]{3,10}$/i.test(value) && /\d{2}/.test(value),
};

const yes = 0.8;
const no = 0.2;

/**
 * By how many columns the values of a table stand to the right of their labels (negative: to the left), where the header
 * was shifted by hand; 0 where it was not, or where that is not plain. Plain is: two fields fit there and not here, or
 * the addresses stand beside their label, under that of another field or under none; and no field fits here but not there.
 */
export function findShift(header: string[], sampleRows: string[][]): number {
  const columns = recogniseHeader(header);
  const checked = columns.flatMap((field, at) => {
    const kind = field === null ? undefined : (kinds[field] ?? weakKinds[field]);
    return field === null || kind === undefined ? [] : [{ field, at, kind }];
  });
  if (sampleRows.length === 0 || checked.length === 0) return 0;
  // A single row with a cell too many is out of step itself, by a cell that stands twice or a delimiter without quotes.
  if (sampleRows.length === 1 && sampleRows[0]!.findLastIndex((cell) => cell.trim() !== "") >= header.length) return 0;
  const shares = new Map<string, number>();
  const share = (at: number, kind: ValueKind, field: FieldName) => {
    const key = `${at} ${field}`;
    if (!shares.has(key)) shares.set(key, at < 0 ? 0 : shareOf(valuesOf(sampleRows, at), kind));
    return shares.get(key)!;
  };
  for (const shift of [1, -1, 2, -2]) {
    const moved = checked.map(({ field, at, kind }) => ({
      field,
      at,
      here: share(at, kind, field),
      there: share(at + shift, kind, field),
    }));
    if (moved.some(({ here, there }) => here >= yes && there <= no)) continue;
    const gained = moved.filter(({ field, here, there }) => field in kinds && there >= yes && here <= no);
    if (gained.length > 1) return shift;
    const [one] = gained;
    if (one?.field !== "userPrincipalName" || Math.abs(shift) > 1) continue;
    if (isForeign(header, columns, one.at, one.at + shift)) return shift;
  }
  return 0;
}

/** The fields of `header` moved by `shift`, in at least `width` columns. */
export function shiftedColumns(header: string[], shift: number, width: number): (FieldName | null)[] {
  const columns = recogniseHeader(header);
  return Array.from({ length: Math.max(width, header.length) }, (_, at) => columns[at - shift] ?? null);
}

/** Whether addresses have no business in the column `there`, when the username has its label at `at`. */
function isForeign(header: string[], columns: (FieldName | null)[], at: number, there: number): boolean {
  const label = header[there];
  if (label === undefined) return true;
  // A column without a name may hold addresses beside usernames, but not beside a column that says e-mail itself.
  if (label === "" || label === `Column ${there + 1}`) return isEmailLabel(header[at]!);
  return columns[there] !== null && columns[there] !== "otherMail" && columns[there] !== "userPrincipalName";
}
