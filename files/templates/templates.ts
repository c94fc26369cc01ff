import { fieldLabel, type FieldName, type TextField } from "../../contract/fields.ts";
import type { FileOperation } from "../../contract/operations.ts";
import { csvLine } from "../csv/write-csv.ts";

type Example = Partial<Record<FieldName, string>>;

/** All text fields but the mail nickname, which the username gives. */
type AllTexts = Record<Exclude<TextField, "mailNickname">, string>;

const examples: Record<FileOperation, Example> & { createUsers: AllTexts; updateUsers: AllTexts } = {
  createUsers: {
    displayName: "Example: Anna Berg",
    userPrincipalName: "anna.berg@contoso.example",
    givenName: "Anna",
    surname: "Berg",
    jobTitle: "Engineer",
    department: "Research",
    companyName: "Contoso",
    officeLocation: "2.14",
    streetAddress: "Hauptstraße 12",
    city: "Berlin",
    stateOrProvince: "Berlin",
    postalCode: "10115",
    country: "Germany",
    usageLocation: "DE",
    businessPhone: "030 123456",
    mobilePhone: "0170 123456",
    faxNumber: "",
    otherMail: "anna@home.example",
    accountEnabled: "Yes",
    permission: "User",
    licenses: "SPE_E3; VISIOCLIENT",
    password: "",
  },
  updateUsers: {
    userPrincipalName: "Example: anna.berg@contoso.example",
    displayName: "Anna Berg",
    newUserPrincipalName: "",
    givenName: "Anna",
    surname: "Berg",
    jobTitle: "Team lead",
    department: "Research",
    companyName: "",
    officeLocation: "2.15",
    streetAddress: "",
    city: "",
    stateOrProvince: "",
    postalCode: "",
    country: "",
    usageLocation: "",
    businessPhone: "",
    mobilePhone: "(clear)",
    faxNumber: "",
    otherMail: "",
    accountEnabled: "Yes",
  },
  changePermissions: { userPrincipalName: "Example: anna.berg@contoso.example", permission: "Password admin" },
  changeLicenses: {
    userPrincipalName: "Example: anna.berg@contoso.example",
    licenses: "SPE_E5",
    removeLicenses: "SPE_E3; VISIOCLIENT",
  },
  resetPasswords: { userPrincipalName: "Example: anna.berg@contoso.example", password: "" },
  deleteUsers: { userPrincipalName: "Example: anna.berg@contoso.example" },
  restoreUsers: { userPrincipalName: "Example: anna.berg@contoso.example", newUserPrincipalName: "" },
  removeUsers: { userPrincipalName: "Example: anna.berg@contoso.example", displayName: "Anna Berg" },
};

/** The fields that the template of `operation` has a column for. */
export function templateFields(operation: FileOperation): FieldName[] {
  return Object.keys(examples[operation]) as FieldName[];
}

/**
 * The CSV template of `operation`: a header of the fields' labels and an `Example:` row that reading passes over.
 * UTF-8 with BOM, because Excel needs one to read letters right.
 */
export function templateCsv(operation: FileOperation): string {
  const example = examples[operation];
  const fields = templateFields(operation);
  return `\uFEFF${csvLine(fields.map(fieldLabel))}${csvLine(fields.map((field) => example[field] ?? ""))}`;
}
