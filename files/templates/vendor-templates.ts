import type { Operation } from "../../contract/operations.ts";
import type { TemplateVendor, templateVendors } from "../../contract/template-vendors.ts";
import { csvLine } from "../csv/write-csv.ts";

type OperationsOf<Vendor extends TemplateVendor> = (typeof templateVendors)[Vendor]["operations"][number];

/** The lines of each template, as its program gives it out. */
const templates: { [Vendor in TemplateVendor]: Record<OperationsOf<Vendor>, string[][]> } = {
  "partner-center": { createUsers: [["First name", "Last name", "Display name", "Email", "Status update"]] },
  "microsoft-365": {
    createUsers: [
      [
        "User Name",
        "First Name",
        "Last Name",
        "Display Name",
        "Job Title",
        "Department",
        "Office Number",
        "Office Phone",
        "Mobile Phone",
        "Fax",
        "Alternate email address",
        "Address",
        "City",
        "State or Province",
        "ZIP or Postal Code",
        "Country or Region",
      ],
    ],
  },
  "entra-id": {
    createUsers: [
      ["version:v1.0"],
      [
        "Name [displayName] Required",
        "User name [userPrincipalName] Required",
        "Initial password [passwordProfile] Required",
        "Block sign in (Yes/No) [accountEnabled] Required",
        "First name [givenName]",
        "Last name [surname]",
        "Job title [jobTitle]",
        "Department [department]",
        "Usage location [usageLocation]",
        "Street address [streetAddress]",
        "State or province [state]",
        "Country or region [country]",
        "Office [physicalDeliveryOfficeName]",
        "City [city]",
        "ZIP or postal code [postalCode]",
        "Office phone [telephoneNumber]",
        "Mobile phone [mobile]",
      ],
    ],
    deleteUsers: [["version:v1.0"], ["User name [userPrincipalName] Required"]],
    restoreUsers: [["version:v1.0"], ["Object ID [objectId] Required"]],
  },
  "google-workspace": {
    createUsers: [
      [
        "First Name [Required]",
        "Last Name [Required]",
        "Email Address [Required]",
        "Password [Required]",
        "Password Hash Function [UPLOAD ONLY]",
        "Org Unit Path [Required]",
        "New Primary Email [UPLOAD ONLY]",
        "Recovery Email",
        "Home Secondary Email",
        "Work Secondary Email",
        "Recovery Phone [MUST BE IN THE E.164 FORMAT]",
        "Work Phone",
        "Home Phone",
        "Mobile Phone",
        "Work Address",
        "Home Address",
        "Employee ID",
        "Employee Type",
        "Employee Title",
        "Manager Email",
        "Department",
        "Cost Center",
        "Building ID",
        "Floor Name",
        "Floor Section",
        "Change Password at Next Sign-In",
        "New Status [UPLOAD ONLY]",
        "Advanced Protection Program enrollment",
      ],
    ],
  },
  cipp: {
    createUsers: [
      [
        "givenName",
        "surName",
        "displayName",
        "mailNickName",
        "domain",
        "JobTitle",
        "streetAddress",
        "PostalCode",
        "City",
        "State",
        "Department",
        "MobilePhone",
        "businessPhones",
      ],
    ],
  },
};

/** The empty CSV template of another program for `operation`, UTF-8 with BOM; undefined where the program has none. */
export function vendorTemplateCsv(operation: Operation, vendor: TemplateVendor): string | undefined {
  const lines = (templates[vendor] as Partial<Record<Operation, string[][]>>)[operation];
  return lines === undefined ? undefined : `\uFEFF${lines.map((line) => csvLine(line)).join("")}`;
}
