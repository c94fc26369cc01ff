import * as fc from "fast-check";

/** A value as a program holds it that writes a workbook. */
export type ListValue = string | number | boolean | null | { day: number } | { formula: string; result: string };

/** A list of users: its header, and a row of values for each user. */
export type UserList = { header: string[]; rows: ListValue[][] };

const known = [
  "User name",
  "Display name",
  "First name",
  "Last name",
  "Department",
  "Job title",
  "City",
  "Postal code",
  "Mobile phone",
  "Street address",
  "Country",
];

const texts = fc.constantFrom(
  "Sales",
  "Zoë Müller",
  "林 美咲",
  "Łódź",
  "00123",
  "+49 170 1234567",
  "=1+1",
  "a & b <c>",
  'say "hi"',
  "12 High St\nFlat 3",
);

// Days as Excel counts them; before the 61st it has one that never was.
const days = fc.integer({ min: 61, max: 60_000 }).map((day) => ({ day }));

const values: Record<string, fc.Arbitrary<ListValue>> = {
  texts: fc.oneof({ weight: 4, arbitrary: texts }, fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 12 })),
  numbers: fc.oneof(fc.integer({ min: 0, max: 5_000_000_000 }), fc.constantFrom(0.1, 12.5)),
  days,
  switches: fc.boolean(),
  formulas: texts.map((result) => ({ formula: "A1", result })),
  blanks: fc.constant(null),
};

/** `day` as a moment, for writers that take one. */
export function momentOf(day: number): Date {
  return new Date(Date.UTC(1899, 11, 30) + day * 86_400_000);
}

/** `value` as an agent sees it. */
export function shownValue(value: ListValue): string {
  if (value === null) return "";
  if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
  if (typeof value !== "object") return String(value);
  return "day" in value ? momentOf(value.day).toISOString().slice(0, 10) : value.result;
}

/** What a list is made of: so many columns, each with values of a kind, and so many rows. */
export type ListSpec = { length: number; kinds: string[]; pool: Record<string, ListValue[]> };

/** Lists of 8 to 30 columns and 150 to 2,500 rows, short ones more often. */
export const listSpecs: fc.Arbitrary<ListSpec> = fc.noBias(
  fc.record({
    length: fc
      .double({ min: Math.log(150), max: Math.log(2500), noNaN: true })
      .map((power) => Math.round(Math.exp(power))),
    kinds: fc.array(fc.constantFrom(...Object.keys(values)), { minLength: 8, maxLength: 30, size: "max" }),
    pool: fc.record(
      Object.fromEntries(
        Object.entries(values).map(([kind, value]) => [kind, fc.array(value, { minLength: 11, maxLength: 11 })]),
      ),
    ),
  }),
);

/** The list that `spec` describes; its first column is the sign-in name. */
export function makeUserList({ length, kinds, pool }: ListSpec): UserList {
  const header = kinds.map((_, at) => known[at] ?? `Remark ${at}`);
  const rows = Array.from({ length }, (_, no) =>
    kinds.map((kind, at) => (at === 0 ? `user.${no}@contoso.example` : pool[kind]![(no + at * 3) % 11]!)),
  );
  return { header, rows };
}
