import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { passwordMark } from "../../contract/fields.ts";
import { readRow } from "../../files/rows/read-row.ts";
import type { Reading, RowInput } from "../../files/rows/row-input.ts";
import { e3, phone, readingOf, visio } from "./readings.ts";

/** Reads one row given as header → cell. */
function read(row: Record<string, string>, more: Partial<Reading> = {}): RowInput {
  return readRow(7, Object.values(row), readingOf(Object.keys(row), more));
}

/** Reads a row that has this name. */
function upn(name: string, more: Partial<Reading> = {}): RowInput {
  return read({ "User name": name, Name: "Zoë" }, more);
}

const zoe = { "User name": "zoe@contoso.example", "Display name": "Zoë" };

describe("text", () => {
  test("blanks around a value are dropped, and one of blanks only is none", () => {
    const { values } = read({
      "User name": " zoe@contoso.example\u00a0",
      "Display name": "\tZoë \u200b",
      City: " ",
      Fax: "\u00a0",
    });
    expect(values).toEqual({ userPrincipalName: "zoe@contoso.example", displayName: "Zoë" });
  });

  test("letters become their composed form", () => {
    expect(read({ ...zoe, City: "Ko\u0308ln" }).values.city).toBe("K\u00f6ln");
  });

  test("a control character fails the row with its row and column", () => {
    for (const bad of ["a\u0007b", "Main St\tFloor 2", "a\u0085b"]) {
      const { problem, values } = read({ ...zoe, Street: bad });
      expect(problem).toMatchObject({ code: "control_character", field: "streetAddress" });
      expect(problem?.message).toContain('Row 7, column "Street"');
      expect(values.streetAddress).toBeUndefined();
    }
  });

  test("a street address on several lines is put on one, and no other value is", () => {
    for (const [cell, street] of [
      ["Main St 1\nFloor 2", "Main St 1, Floor 2"],
      ["Main St 1,\r\n\r\n Floor 2 \rRear\u000bLeft\u2028Door 3\n", "Main St 1, Floor 2, Rear, Left, Door 3"],
      ["\nMain St 1\n", "Main St 1"],
    ] as const) {
      expect(read({ ...zoe, Street: cell })).toMatchObject({ values: { streetAddress: street }, problem: null });
    }
    expect(read({ ...zoe, City: "Lis\nboa" }).problem).toMatchObject({ code: "control_character", field: "city" });
  });

  test.each([
    ["Display name", "displayName", 256],
    ["First name", "givenName", 64],
    ["Department", "department", 64],
    ["Job title", "jobTitle", 128],
    ["Postal code", "postalCode", 40],
    ["Street address", "streetAddress", 1024],
  ] as const)("%s may have its greatest length and not one character more", (label, field, max) => {
    // Characters beyond the basic plane count once.
    const longest = "😀".repeat(max);
    expect(read({ ...zoe, [label]: longest })).toMatchObject({ problem: null, values: { [field]: longest } });
    expect(read({ ...zoe, [label]: `${longest}x` }).problem).toMatchObject({ code: "value_too_long", field });
  });

  test("a damaged cell fails the row, also when it is read again", () => {
    expect(read({ ...zoe, City: "K\ufffdln" }).problem).toMatchObject({ code: "encoding_invalid", field: "city" });
    expect(read({ ...zoe, Hobby: "K\ufffdln" }).problem).toBeNull();
  });

  test("a filled cell beyond the header fails the row, a blank one does not", () => {
    const reading = readingOf(Object.keys(zoe));
    expect(readRow(1, [...Object.values(zoe), "", "x"], reading).problem?.code).toBe("row_too_wide");
    expect(readRow(1, [...Object.values(zoe), "", " "], reading).problem).toBeNull();
  });

  test("the first thing that is wrong is the one that is told", () => {
    expect(read({ "User name": "a b", "First name": "x".repeat(65) }).problem?.field).toBe("givenName");
  });
});

describe("user principal name", () => {
  test.each([
    ["zoe@contoso.example", "zoe@contoso.example"],
    ["Zoe.M@Contoso.Example", "Zoe.M@Contoso.Example"],
    ["o'brien_#1-a!b^c~d@contoso.test", "o'brien_#1-a!b^c~d@contoso.test"],
    ["zoe", "zoe@contoso.example"],
    [`${"x".repeat(64)}@contoso.example`, `${"x".repeat(64)}@contoso.example`],
  ])("%s is taken", (given, expected) => {
    expect(upn(given)).toMatchObject({ problem: null, values: { userPrincipalName: expected } });
  });

  test.each([
    ["@contoso.example"],
    ["zoe@"],
    ["zoe@contoso@example"],
    ["zoe.@contoso.example"],
    ["zo ë@contoso.example"],
    ["zoë@contoso.example"],
    ["zoe/x@contoso.example"],
    [`${"x".repeat(65)}@contoso.example`],
    ["zoe@<<<enter your domain name>>>"],
    ["zoe@domainname.onmicrosoft.com"],
    ["zoe@yourdomain.com"],
  ])("%s is malformed", (given) => {
    const { problem, values } = upn(given);
    expect(problem).toMatchObject({ code: "upn_invalid", field: "userPrincipalName" });
    expect(values.userPrincipalName).toBeUndefined();
  });

  test("a domain that is not the customer's is told with the customer's own", () => {
    const { problem } = upn("zoe@fabrikam.example");
    expect(problem?.code).toBe("domain_unverified");
    expect(problem?.message).toContain("fabrikam.example");
    expect(problem?.message).toContain("contoso.example, contoso.test");
  });

  test("the option domain replaces every domain, placeholders too", () => {
    for (const given of ["zoe@fabrikam.example", "zoe@<<<your domain>>>", "zoe", "zoe@"]) {
      expect(upn(given, { domain: "contoso.test" }).values.userPrincipalName).toBe("zoe@contoso.test");
    }
  });

  test("a domain in a column of its own is used", () => {
    const cipp = { mailNickName: "zoe", domain: "contoso.test", displayName: "Zoë" };
    expect(read(cipp).values).toMatchObject({ userPrincipalName: "zoe@contoso.test", mailNickname: "zoe" });
    expect(read({ ...cipp, domain: "" }).values.userPrincipalName).toBe("zoe@contoso.example");
    expect(read({ ...cipp, domain: "@contoso.test" }).values.userPrincipalName).toBe("zoe@contoso.test");
    expect(read({ ...cipp, mailNickName: "zo ë" }).problem).toMatchObject({
      code: "upn_invalid",
      field: "mailNickname",
    });
  });

  test("a missing name is told, be it the cell or the whole column", () => {
    expect(upn(" ").problem).toMatchObject({ code: "required_missing", field: "userPrincipalName" });
    expect(read({ Name: "Zoë" }).problem).toMatchObject({ code: "required_missing", field: "userPrincipalName" });
  });
});

describe("display name", () => {
  test("first and last name make one where it is missing", () => {
    expect(read({ UPN: "zoe", "First name": "Zoë", "Last name": "Müller" }).values.displayName).toBe("Zoë Müller");
    expect(read({ UPN: "zoe", Name: "Z", "First name": "Zoë", "Last name": "Müller" }).values.displayName).toBe("Z");
  });

  test("without any name the row fails", () => {
    expect(read({ UPN: "zoe" }).problem).toMatchObject({ code: "required_missing", field: "displayName" });
  });
});

describe("usage location", () => {
  test.each([
    ["de", "DE"],
    ["Germany", "DE"],
    ["united states", "US"],
    ["USA", "US"],
    ["UK", "GB"],
    ["Türkiye", "TR"],
    ["Turkey", "TR"],
    ["Côte d'Ivoire", "CI"],
    ["Viet Nam", "VN"],
    ["Deutschland", "DE"],
    ["Suisse", "CH"],
  ])("%s is %s", (given, code) => {
    expect(read({ ...zoe, "Usage location": given })).toMatchObject({ problem: null, values: { usageLocation: code } });
  });

  test.each([["XX"], ["SU"], ["Atlantis"], ["EU"], ["D"]])("%s is not a country", (given) => {
    const { problem, values } = read({ ...zoe, "Usage location": given });
    expect(problem).toMatchObject({ code: "country_unknown", field: "usageLocation" });
    expect(values.usageLocation).toBeUndefined();
  });

  test("the row's own comes first, then the option, then the country of the address", () => {
    const row = { ...zoe, "Usage location": "SE", Country: "Norway" };
    expect(read(row, { usageLocation: "DK" }).values.usageLocation).toBe("SE");
    expect(read({ ...row, "Usage location": "" }, { usageLocation: "DK" }).values.usageLocation).toBe("DK");
    expect(read({ ...row, "Usage location": "" }).values).toMatchObject({ usageLocation: "NO", country: "Norway" });
    expect(read({ ...zoe, Country: "Middle Earth" })).toMatchObject({
      problem: null,
      values: { country: "Middle Earth" },
    });
  });
});

describe("sign-in", () => {
  test.each([
    ["Yes", true],
    ["true", true],
    ["1", true],
    ["Ja", true],
    ["OUI", true],
    ["Sí", true],
    ["是", true],
    ["Hayır", false],
    ["nie", false],
    ["No", false],
    ["FALSE", false],
    ["0", false],
    ["nein", false],
    ["Non", false],
    ["", null],
  ])("%s means %s", (given, enabled) => {
    expect(read({ ...zoe, "Account enabled": given }).accountEnabled).toBe(enabled);
    expect(read({ ...zoe, "Block sign in (Yes/No) [accountEnabled] Required": given }).accountEnabled).toBe(
      enabled === null ? null : !enabled,
    );
  });

  test("anything else fails the row", () => {
    expect(read({ ...zoe, Enabled: "maybe" }).problem).toMatchObject({
      code: "value_invalid",
      field: "accountEnabled",
    });
  });
});

describe("permission", () => {
  test.each([
    ["", null],
    ["User", []],
    ["Global admin", ["globalAdmin"]],
    ["global administrator", ["globalAdmin"]],
    ["globalAdmin", ["globalAdmin"]],
    ["Password admin; Service admin", ["passwordAdmin", "serviceAdmin"]],
    ["User management admin+passwordAdmin", ["userManagementAdmin", "passwordAdmin"]],
    ["User, Password admin, password administrator", ["passwordAdmin"]],
  ])("%s gives %j", (given, roles) => {
    expect(read({ ...zoe, Permission: given })).toMatchObject({ problem: null, roles });
  });

  test("an unknown one is named", () => {
    const { problem } = read({ ...zoe, Permission: "User;Emperor" });
    expect(problem).toMatchObject({ code: "permission_unknown", field: "permission" });
    expect(problem?.message).toContain("Emperor");
  });
});

describe("licenses", () => {
  const located = { ...zoe, "Usage location": "DE" };

  test.each([
    ["SPE_E3", [e3]],
    ["spe_e3", [e3]],
    ["Microsoft 365 E3", [e3]],
    [e3.skuId.toUpperCase(), [e3]],
    ["SPE_E3; Visio Plan 2", [e3, visio]],
    ["SPE_E3+VISIOCLIENT", [e3, visio]],
    ["SPE_E3;SPE_E3;", [e3]],
    ["Teams + Phone; VISIOCLIENT", [phone, visio]],
    ["SPE_E3, VISIOCLIENT", [e3, visio]],
    ["SPE_E3 | Teams + Phone", [e3, phone]],
    ["SPE_E3\nVISIOCLIENT\r\n", [e3, visio]],
    ["VISIOCLIENT, Teams + Phone+SPE_E3", [visio, phone, e3]],
    ["contoso:SPE_E3;contoso:VISIOCLIENT", [e3, visio]],
    ['[\n  {"sku": "SPE_E3"}\n]', [e3]],
    ["Unlicensed", []],
    ["", []],
  ])("%s is understood", (given, products) => {
    const { licenses, problem } = read({ ...located, Licenses: given });
    expect(problem).toBeNull();
    expect(licenses).toEqual(products.map(({ skuId, skuPartNumber }) => ({ skuId, skuPartNumber, disabledPlans: [] })));
  });

  test("JSON names plans to switch off, by name or GUID", () => {
    const plan = e3.servicePlans[0]!;
    for (const name of ["teams1", plan.servicePlanId]) {
      const { licenses } = read({
        ...located,
        Licenses: JSON.stringify([{ sku: "SPE_E3", disabledPlans: [name] }, { sku: "VISIOCLIENT" }]),
      });
      expect(licenses.map((license) => license.disabledPlans)).toEqual([[plan.servicePlanId], []]);
    }
  });

  test.each([
    ["NO_SUCH_SKU", "sku_unknown"],
    ["SPE_E3;NO_SUCH_SKU", "sku_unknown"],
    ['[{"sku":"SPE_E3","disabledPlans":["NO_SUCH_PLAN"]}]', "sku_unknown"],
    ['[{"sku":3}]', "value_invalid"],
    ['[{"sku":"SPE_E3"', "value_invalid"],
  ])("%s fails the row with %s", (given, code) => {
    const { problem, licenses } = read({ ...located, Licenses: given });
    expect(problem).toMatchObject({ code, field: "licenses" });
    expect(licenses).toEqual([]);
  });

  test("rows without their own get those of the options", () => {
    const more = { skus: ["SPE_E3"] };
    expect(read(located, more).licenses.map((license) => license.skuId)).toEqual([e3.skuId]);
    expect(read({ ...located, Licenses: "VISIOCLIENT" }, more).licenses.map((license) => license.skuId)).toEqual([
      visio.skuId,
    ]);
  });

  test("a license needs a usage location", () => {
    expect(read(zoe, { skus: ["SPE_E3"] }).problem).toMatchObject({
      code: "usage_location_missing",
      field: "usageLocation",
    });
    expect(read(zoe, { skus: ["SPE_E3"], usageLocation: "DE" }).problem).toBeNull();
  });
});

test("the mark of a password is no value and no problem", () => {
  expect(read({ ...zoe, Password: passwordMark })).toMatchObject({ problem: null });
});

test("whatever the cells hold, a row reads to an input, and the same cells to the same one", () => {
  const header = ["User name", "Name", "Usage location", "Enabled", "Permission", "Licenses", "Street"];
  const reading = readingOf(header, { usageLocation: "DE" });
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary", maxLength: 30 }), { maxLength: 9 }), (cells) => {
      const once = readRow(1, cells, reading);
      expect(readRow(1, cells, readingOf(header, { usageLocation: "DE" }))).toEqual(once);
      for (const value of Object.values(once.values)) expect(value).toBe(value.normalize("NFC").trim());
    }),
  );
});
