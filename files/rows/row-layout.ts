import { fieldLabel, textFields, type FieldName, type SpecialField, type TextField } from "../../contract/fields.ts";
import { findLicenseProblem, type LicenseProblem } from "../../licensing/license-rules.ts";
import { readLicenses, resolveSkus, type ReadLicenses } from "./read-licenses.ts";
import type { LicenseInput, Reading } from "./row-input.ts";

/** What is the same for every row of a batch, worked out once. */
export type RowLayout = {
  /** Columns of plain text in the order of the file. */
  texts: { at: number; field: TextField; max: number; label: string }[];
  /** The column of each other field. */
  special: Partial<Record<SpecialField, number>>;
  /** The label of the column that `field` is read from, or null. */
  labelOf: (field: FieldName) => string | null;
  /** Licenses for rows without their own. */
  defaultLicenses: ReadLicenses;
  /** The licenses that a cell names; most cells of a file say the same, and each of these is read once. */
  licensesIn: (cell: string) => ReadLicenses;
  /** What is wrong with licenses of a user who has no others; those of a cell that was read before are looked at once a country. */
  checkLicenses: (licenses: readonly LicenseInput[], location: string | null) => LicenseProblem | null;
};

// Codes and names of countries both fit, and the code is what counts in the end.
const longestCountryName = 128;

/** The layout of `reading`; asked for twice it is the same one. */
export function layoutOf(reading: Reading): RowLayout {
  let layout = layouts.get(reading);
  if (layout === undefined) layouts.set(reading, (layout = makeLayout(reading)));
  return layout;
}

const layouts = new WeakMap<Reading, RowLayout>();

function makeLayout({ columns, header, skus, products }: Reading): RowLayout {
  const layout: RowLayout = {
    texts: [],
    special: {},
    labelOf: (field) => header[columns.indexOf(field)] ?? null,
    defaultLicenses: resolveSkus(skus, products),
    licensesIn: rememberCells(products),
    checkLicenses: rememberLicenses(),
  };
  for (const [at, field] of columns.entries()) {
    if (field === null) continue;
    if (!isTextField(field)) layout.special[field] = at;
    else {
      const max = field === "usageLocation" ? longestCountryName : textFields[field].max;
      layout.texts.push({ at, field, max, label: header[at] ?? fieldLabel(field) });
    }
  }
  return layout;
}

/** Cells that are remembered at most: each may keep the 64 kB in memory that it was cut from. */
const mostCells = 64;

function rememberCells(products: Reading["products"]): RowLayout["licensesIn"] {
  const known = new Map<string, ReadLicenses>();
  return (cell) => {
    const found = known.get(cell);
    if (found !== undefined) return found;
    const read = readLicenses(cell, products);
    if (known.size < mostCells) known.set(cell, read);
    return read;
  };
}

function rememberLicenses(): RowLayout["checkLicenses"] {
  const known = new WeakMap<readonly LicenseInput[], Map<string | null, LicenseProblem | null>>();
  return (licenses, location) => {
    if (licenses.length === 0) return null;
    let here = known.get(licenses);
    if (here === undefined) known.set(licenses, (here = new Map()));
    let problem = here.get(location);
    if (problem === undefined) here.set(location, (problem = findLicenseProblem([], licenses, location)));
    return problem;
  };
}

function isTextField(field: FieldName): field is TextField {
  return field in textFields;
}
