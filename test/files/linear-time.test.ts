import { expect, test } from "vitest";
import { quoteValue } from "../../contract/codes.ts";
import { fieldNames } from "../../contract/fields.ts";
import { fileOperationNames } from "../../contract/operations.ts";

import { placeCells } from "../../core/batches/edit/place-cells.ts";
import { collectCatalog } from "../../core/directory/catalog/collect-catalog.ts";
import { foldNames, searchPatterns } from "../../core/directory/search/fold-names.ts";
import { checkPassword } from "../../files/rows/check-password.ts";
import { chooseColumns } from "../../files/columns/choose-columns.ts";
import { cleanText, controlCharacter } from "../../files/text/clean-text.ts";
import { findCountry } from "../../files/rows/find-country.ts";
import { findDialect } from "../../files/csv/find-dialect.ts";
import { passedOver } from "../../files/header/find-header.ts";
import { foldWords } from "../../files/text/fold-words.ts";
import { guessNames } from "../../files/columns/guess-names.ts";
import { headerCheck } from "../../files/header/header-again.ts";
import { headerFingerprint } from "../../files/header/header-fingerprint.ts";
import { joinHeader } from "../../files/header/join-header.ts";
import { looksLikeUser } from "../../files/header/looks-like-user.ts";
import { makeCsvParser } from "../../files/csv/parse-csv.ts";
import { readLicenses } from "../../files/rows/read-licenses.ts";
import { readPermission } from "../../files/rows/read-permission.ts";
import { readRow } from "../../files/rows/read-row.ts";
import { readSwitch } from "../../files/rows/read-switch.ts";
import { readTarget } from "../../files/rows/read-target.ts";
import { readUpn } from "../../files/rows/read-upn.ts";
import { holdsSecrets, isEmailLabel, isKnownLabel } from "../../files/header/recognise-header.ts";
import { refuseOtherText } from "../../files/bytes/refuse-other-formats.ts";
import { sampleRows, readTableHead } from "../../files/table/table-head.ts";
import { toAscii } from "../../files/text/to-ascii.ts";
import { parseUpnPattern } from "../../files/rows/upn-pattern.ts";
import * as valueKinds from "../../files/rows/value-kinds.ts";
import { readFormat } from "../../files/xlsx/read-format.ts";
import { withoutEscapes } from "../../files/xlsx/rich-text.ts";
import { showMoment } from "../../files/xlsx/show-moment.ts";
import { plainNumber, showDigits } from "../../files/xlsx/show-number.ts";
import { csvLine, readBackCell } from "../../files/csv/write-csv.ts";
import { growthOf, superlinear } from "../support/linear.ts";
import { readingOf } from "./readings.ts";

const { products, domains } = readingOf([]);
const { shareOf: _shareOf, valuesOf: _valuesOf, ...kinds } = valueKinds;
const days = { date: true, time: true, elapsed: false };
const digits = [{ condition: null, tokens: [{ place: true, text: "0" }] }];

const readers: Record<string, (text: string) => unknown> = {
  ...kinds,
  cleanText,
  controlCharacter,
  foldWords,
  foldNames: (text) => foldNames([text]),
  searchPatterns,
  toAscii: (text) => toAscii(text, "DE"),
  findCountry,
  readSwitch,
  readPermission,
  readLicenses: (text) => readLicenses(text, products),
  readUpn: (text) => readUpn(text, { domains, defaultDomain: "", domain: null }),
  checkPassword,
  parseUpnPattern,
  quoteValue,
  holdsSecrets,
  isKnownLabel,
  isEmailLabel,
  passedOver: (text) => passedOver([text]),
  looksLikeUser: (text) => looksLikeUser([text]),
  headerCheck: (text) => headerCheck([text, "a", "b"])([text, "a", "b", text]),
  joinHeader: (text) => joinHeader([Array.from(text.slice(0, 4000)), Array.from(text), [text, "User name"]], 0),
  headerFingerprint: (text) => headerFingerprint([text]),
  chooseColumns: (text) => chooseColumns([text, "User name"], { [text]: "displayName" }),
  guessNames: (text) => guessNames([text], [{ at: 0, values: [text] }], new Set(["displayName"])),
  refuseOtherText,
  findDialect: (text) => findDialect(text, true, []),
  makeCsvParser(text) {
    const parser = makeCsvParser(",");
    return [...parser.push(text), ...parser.end()];
  },
  csvLine: (text) => csvLine([text]),
  readBackCell,
  readFormat: (text) => readFormat(200, text),
  withoutEscapes,
  plainNumber,
  showDigits: (text) => showDigits(text, digits),
  showMoment: (text) => showMoment(text, days, false),
};

test.for(Object.entries(readers))("%s takes no more than its share of time for any long text", ([, read]) => {
  expect(superlinear(read)).toEqual([]);
});

test.for(fileOperationNames)(
  "a row of %s takes no more than its share of time when every cell is long",
  (operation) => {
    const reading = readingOf([...fieldNames], { operation, columns: [...fieldNames] });
    const read = (text: string) =>
      operation === "createUsers"
        ? readRow(1, everyCell(text), reading)
        : readTarget(1, everyCell(text), reading, operation);
    expect(superlinear(read)).toEqual([]);
  },
);

test("a name is built in no more than its share of time", () => {
  const reading = readingOf(["First name", "Last name"], { upnPattern: parseUpnPattern("{givenName}.{surname}") });
  expect(superlinear((text) => readRow(1, [text, text], reading))).toEqual([]);
});

test("a header takes no more than its share of time, and so do the rows under it that its columns are guessed by", () => {
  const options = { maxColumns: 2000 };
  const head = (rows: string[][]) => readTableHead(rows, 0, options);
  expect(
    superlinear((text) =>
      head([
        [text, "User name"],
        ["a", "b"],
      ]),
    ),
  ).toEqual([]);
  expect(
    superlinear((text) =>
      head([
        ["Wer", "User name"],
        [text, "anna"],
      ]),
    ),
  ).toEqual([]);
  expect(
    superlinear((text) =>
      head([
        ["User name", "Wer"],
        [`${text}@a.example`, text],
      ]),
    ),
  ).toEqual([]);
});

test("a header of very many columns is refused or read in no more than its share of time, whatever they are called", () => {
  const below = Array.from({ length: sampleRows }, () => ["anna@contoso.example"]);
  const head = (cells: string[]) => readTableHead([["User name", ...cells], ...below], 0, { maxColumns: 2000 });
  expect(superlinear((text) => head(Array.from(text)))).toEqual([]);
});

const namings: Record<string, (header: string[], names: string[]) => unknown> = {
  mapping: (header, names) => chooseColumns(header, Object.fromEntries(names.map((name) => [name, null]))),
  "changed row": (header, names) =>
    placeCells({ header, columns: header.map(() => null) }, [
      { rowNo: 1, values: Object.fromEntries(names.map((name) => [name, "x"])) },
    ]),
};

test.for(Object.entries(namings))(
  "a %s may name many columns in its own way without taking more than its share of time",
  ([, place]) => {
    const run = (count: number) => {
      const names = Array.from({ length: count }, (_, at) => `é ${at}`);
      const header = names.map((name) => name.toUpperCase());
      return () => place(header, names);
    };
    expect(growthOf(run(400), run(1600))).toBeLessThan(10);
  },
);

test("a product may have very many service plans without any costing more than its share of time", () => {
  expect(
    growthOf(
      () => collectPlans(5_000),
      () => collectPlans(20_000),
    ),
  ).toBeLessThan(10);
  expect(collectPlans(20_000)).toBe(20_000);
});

/** Takes as many service plans into one product, and tells how many it has then. */
function collectPlans(count: number): number | undefined {
  const { catalog, take } = collectCatalog();
  for (let at = 0; at < count; at++) take(at, ["A product", "PART", guidOf(0), `PLAN_${at}`, guidOf(at), ""]);
  return catalog.products.get(guidOf(0))?.servicePlans.length;
}

function guidOf(at: number): string {
  return `00000000-0000-0000-0000-${String(at).padStart(12, "0")}`;
}

function everyCell(text: string): string[] {
  return fieldNames.map(() => text);
}
