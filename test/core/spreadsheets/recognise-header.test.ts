import { describe, expect, test } from "vitest";
import { specialFields, textFields, type FieldName } from "../../../contract/fields.ts";
import { holdsSecrets, recogniseHeader } from "../../../core/spreadsheets/recognise-header.ts";
import { headerWords } from "../../../core/spreadsheets/header-words.ts";
import { foldWords } from "../../../core/spreadsheets/fold-words.ts";

describe("spelling", () => {
  test.each([
    ["First name", "givenName"],
    ["FIRST_NAME", "givenName"],
    ["first-name", "givenName"],
    ["FirstName", "givenName"],
    ["  Prénom ", "givenName"],
    ["PRENOM", "givenName"],
    ["First name [givenName]", "givenName"],
    ["First Name [Required]", "givenName"],
    ["First name *", "givenName"],
    ["Vorname:", "givenName"],
    ["User name [userPrincipalName] Required", "userPrincipalName"],
    ["User logon name (pre-Windows 2000)", "userPrincipalName"],
    ["sAMAccountName", "userPrincipalName"],
    ["login", "userPrincipalName"],
    ["E-Mail", "userPrincipalName"],
    ["Mot de passe", "password"],
    ["KENNWORT", "password"],
    ["Initial password [passwordProfile] Required", "password"],
    ["Block sign in (Yes/No) [accountEnabled] Required", "signInBlocked"],
    ["Straße", "streetAddress"],
    ["STRASSE", "streetAddress"],
    ["Location", "usageLocation"],
    ["state", "stateOrProvince"],
    ["Muster row", "musterRow"],
    ["Shoe size", null],
    ["", null],
    ["DistinguishedName", null],
    ["OU", null],
    ["[]", null],
  ] as const)("%j stands for %s", (label, field) => {
    expect(recogniseHeader([label])).toEqual([field]);
  });

  test("every field's own name and label is known", () => {
    for (const [field, { label }] of Object.entries({ ...textFields, ...specialFields })) {
      expect(recogniseHeader([field])).toEqual([field]);
      expect(recogniseHeader([label])).toEqual([field]);
    }
  });

  test("no word stands for two fields", () => {
    const seen = new Map<string, string>();
    for (const [field, groups] of Object.entries(headerWords)) {
      for (const word of groups.flat()) {
        expect(`${word}: ${seen.get(foldWords(word)) ?? field}`).toBe(`${word}: ${field}`);
        seen.set(foldWords(word), field);
      }
    }
  });
});

describe("several columns for one field", () => {
  test.each<[string[], (FieldName | null)[]]>([
    [
      ["login", "email", "User name"],
      [null, null, "userPrincipalName"],
    ],
    [
      ["mail", "userPrincipalName"],
      [null, "userPrincipalName"],
    ],
    [
      ["Vorname", "Name"],
      ["givenName", "surname"],
    ],
    [
      ["Name", "Vorname", "Nachname"],
      ["displayName", "givenName", "surname"],
    ],
    [
      ["Name", "Email"],
      ["displayName", "userPrincipalName"],
    ],
    [
      ["Title", "Job title"],
      [null, "jobTitle"],
    ],
  ])("%j is %j", (header, columns) => {
    expect(recogniseHeader(header)).toEqual(columns);
  });
});

test.each([
  ["Confirm password", true],
  ["Passwort wiederholen", true],
  ["Old_Pwd", true],
  ["Contraseña", true],
  ["密码", true],
  ["Password never expires", false],
  ["Change Password at Next Sign-In", false],
  ["Password [Required]", true],
  ["PasswordLastSet", false],
  ["Name", false],
])("whether %s holds passwords: %s", (label, secret) => {
  expect(holdsSecrets(label)).toBe(secret);
});
