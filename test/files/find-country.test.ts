import { describe, expect, test } from "vitest";
import { countryCodes, countryLanguages, foreignAliases } from "../../files/rows/country-codes.ts";
import { findCountry } from "../../files/rows/find-country.ts";

// Two Congos are one word in these languages; the larger one is meant by it.
const shared = new Set(["pl CG"]);

test.each(countryLanguages)("every country is known by its name in %s, in any case and form", (language) => {
  const names = new Intl.DisplayNames(language, { type: "region", fallback: "none" });
  for (const code of countryCodes.filter((one) => !shared.has(`${language} ${one}`))) {
    const name = names.of(code)!;
    for (const written of [name, name.toUpperCase(), name.toLowerCase(), name.normalize("NFD")]) {
      expect([written, findCountry(written)]).toEqual([written, code]);
    }
  }
});

test("names that Intl does not have are known", () => {
  for (const [code, names] of Object.entries(foreignAliases)) {
    for (const name of names) expect([name, findCountry(name)]).toEqual([name, code]);
  }
});

describe("short and odd forms", () => {
  test.each([
    ["UK", "GB"],
    ["U.K.", "GB"],
    ["U.S.", "US"],
    ["USA", "US"],
    ["Holland", "NL"],
    ["中国", "CN"],
    ["日本", "JP"],
    ["Deutschland", "DE"],
    ["ESPANA", "ES"],
    ["Turkiye", "TR"],
    ["Osterreich", "AT"],
    ["Polska", "PL"],
    ["Suomi", "FI"],
    ["Việt Nam", "VN"],
  ])("%s is %s", (name, code) => {
    expect(findCountry(name)).toBe(code);
  });

  test("an accent makes another country of what would be a code", () => {
    expect(["Áo", "AO", "Bỉ", "BI", "Mỹ", "MY", "Ý"].map(findCountry)).toEqual([
      "AT",
      "AO",
      "BE",
      "BI",
      "US",
      "MY",
      "IT",
    ]);
  });

  test.each(["", "Y", "XX", "EU", "Atlantis", "Bayern", "n/a", "N.A.", "-"])("%j is not a country", (name) => {
    expect(findCountry(name)).toBeUndefined();
  });
});
