import type { z } from "zod";
import { auditRecordSchema } from "../audit.ts";
import { agentSchema, grantSchema } from "../authority.ts";
import { batchSchema, causeCountSchema, rowSchema } from "../batch.ts";
import { customerSchema, productSchema } from "../customer.ts";
import { problemSchema } from "../problem-document.ts";
import { userInputSchema, userSchema } from "../user.ts";
import { exampleBatch } from "./example-batch.ts";
import { exampleIds } from "./example-ids.ts";

const { customerId, userId, batchId, agentId, grantId } = exampleIds;
const message =
  "Row 3: no seat of SPE_E3 is left, so the user has no license of this row. Add seats, then retry the row.";

const problems = {
  name: '"anna berg" has " " before the @. Use A–Z, a–z, 0–9 and \' . - _ ! # ^ ~.',
  country: '"Freedonia" is not a country. Give its ISO 3166-1 code, such as NL, or its name.',
};

/** A schema that has a name of its own in the documents, with what it may look like. */
type NamedSchema = { id: string; schema: z.ZodType; example: unknown };

function named<Schema extends z.ZodType>(id: string, schema: Schema, example: z.output<Schema>): NamedSchema {
  return { id, schema, example };
}

/** The schemas that stand for themselves in the documents, each with an example that its type has checked. */
export const namedSchemas: readonly NamedSchema[] = [
  named("Batch", batchSchema, exampleBatch),
  named("Row", rowSchema, {
    rowNo: 3,
    input: {
      "User name": "mei.lin@fabrikam.example",
      "First name": "美",
      "Last name": "林",
      "Usage location": "TW",
      Licenses: "SPE_E3",
    },
    plan: "create",
    state: "partial",
    step: "licenses",
    code: "seat_shortage",
    field: "licenses",
    column: "Licenses",
    message,
    otherProblems: [],
    userId,
    person: { displayName: "美 林", userPrincipalName: "mei.lin@fabrikam.example" },
    attempts: 1,
    job: { queue: "user-creation", jobId: `${exampleIds.batchId}-1-1` },
  }),
  named("CauseCount", causeCountSchema, {
    code: "seat_shortage",
    title: "No seat is free",
    state: "partial",
    rows: 1,
    example: { rowNo: 3, field: "licenses", message },
  }),
  named("Customer", customerSchema, {
    id: customerId,
    name: "Fabrikam",
    domains: [
      { name: "fabrikam.example", isDefault: true },
      { name: "dk.fabrikam.example", isDefault: false },
    ],
    userCount: 478,
    createdAt: "2026-05-04T07:12:09.480Z",
  }),
  named("Product", productSchema, {
    skuId: "f8a1db68-be16-40ed-86d5-cb42ce701560",
    skuPartNumber: "POWER_BI_PRO",
    name: "Power BI Pro",
    total: 25,
    active: 20,
    warning: 5,
    suspended: 0,
    consumed: 18,
    available: 7,
    servicePlans: [
      { servicePlanId: "70d33638-9c74-4d01-bfd3-562de28bd4ba", name: "BI_AZURE_P2", label: "Power BI Pro" },
    ],
    publisherAddress: null,
  }),
  named("User", userSchema, {
    id: userId,
    customerId,
    userPrincipalName: "anna.berg@fabrikam.example",
    displayName: "Anna Berg",
    givenName: "Anna",
    surname: "Berg",
    jobTitle: "Head of Sales",
    department: "Sales",
    companyName: null,
    officeLocation: "Lund",
    streetAddress: null,
    city: null,
    stateOrProvince: null,
    postalCode: null,
    country: "Sweden",
    usageLocation: "SE",
    businessPhone: null,
    mobilePhone: "+46 70 555 01 00",
    faxNumber: null,
    mailNickname: "anna.berg",
    otherMail: null,
    accountEnabled: true,
    state: "active",
    deletedAt: null,
    permission: ["passwordAdmin"],
    licenses: [
      {
        skuId: "05e9a617-0261-4cee-bb44-138d3ef5d965",
        skuPartNumber: "SPE_E3",
        name: "Microsoft 365 E3",
        disabledPlans: ["SWAY"],
      },
    ],
    version: 3,
    createdAt: "2026-05-04T07:15:31.022Z",
  }),
  named("UserInput", userInputSchema, {
    userPrincipalName: "eva.ruiz@fabrikam.example",
    displayName: "Eva Ruiz",
    usageLocation: "ES",
    licenses: [{ sku: "SPE_E3" }],
  }),
  named("Agent", agentSchema, {
    id: agentId,
    name: "Kim Larsen",
    email: "kim.larsen@partner.example",
    partnerRole: "helpdeskAgent",
    twoFactorEnabled: false,
    createdAt: "2026-04-20T09:00:00.000Z",
  }),
  named("Grant", grantSchema, {
    id: grantId,
    customerId,
    agentId,
    groupId: null,
    holder: "Kim Larsen",
    role: "userAdministrator",
    endsAt: "2027-05-04T07:20:00.000Z",
    createdAt: "2026-05-04T07:20:00.000Z",
    createdBy: "Ida Holm",
  }),
  named("AuditRecord", auditRecordSchema, {
    id: 90211,
    at: "2026-05-04T07:31:02.117Z",
    actorId: agentId,
    actorName: "Kim Larsen",
    customerId,
    operation: "update_customer_user",
    status: "succeeded",
    batchId,
    rowNo: 1,
    userId,
    customerName: "Contoso Nordic",
    userName: "Anna Berg",
    before: { jobTitle: "Sales Manager", city: "Malmö" },
    after: { jobTitle: "Head of Sales", city: null },
    productNames: {},
  }),
  named("Problem", problemSchema, {
    type: "urn:muster:problem:upn_invalid",
    title: "The username is malformed",
    status: 422,
    code: "upn_invalid",
    detail: `${problems.name} ${problems.country}`,
    batchId,
    errors: [
      { column: "userPrincipalName", message: problems.name },
      { column: "usageLocation", message: problems.country },
    ],
  }),
];
