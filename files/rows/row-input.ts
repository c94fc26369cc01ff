import type { Cause } from "../../contract/codes.ts";
import type { FieldName, TextField } from "../../contract/fields.ts";
import type { FileOperation } from "../../contract/operations.ts";
import type { DirectoryRole } from "../../contract/permissions.ts";
import type { UpnPattern } from "./upn-pattern.ts";

/** A product as a row may name it: its GUID, part number and name, and its service plans by name. */
export type KnownProduct = {
  skuId: string;
  skuPartNumber: string;
  name: string;
  servicePlans: { servicePlanId: string; name: string }[];
  /** Where the publisher assigns its licenses; null where they are assigned here. */
  publisherAddress: string | null;
};

/** All that reading a row of a batch depends on: the same cells under the same reading always give the same input. */
export type Reading = {
  /** What is to be done with the rows. */
  operation: FileOperation;
  /** The field that each column stands for, in the order of the cells; null where a column is not used. */
  columns: (FieldName | null)[];
  /** The header labels, for messages. */
  header: string[];
  /** Verified domains of the customer, lower case. */
  domains: ReadonlySet<string>;
  /** Given to names that have no domain. */
  defaultDomain: string;
  /** When set, every address goes on this domain. */
  domain: string | null;
  /** When set, rows without a username get one that is built so. */
  upnPattern: UpnPattern | null;
  /** Usage location, as alpha-2 code, for rows without their own. */
  usageLocation: string | null;
  /** Licenses for rows without their own, as the agent named them. */
  skus: string[];
  /** The customer's products, looked up by lower-case GUID, part number and name. */
  products: ReadonlyMap<string, KnownProduct>;
};

/** A license that a row asks for, resolved against the customer's products. */
export type LicenseInput = {
  skuId: string;
  skuPartNumber: string;
  disabledPlans: string[];
  /** The row says that no service plan is to be off. */
  everyPlan?: true;
};

/** Which user a row is about who is there already, beside the name in its values, and what this user is to lose. */
export type RowTarget = {
  objectId: string | null;
  /** The username that the user is to have. */
  newName: string | null;
  /** GUIDs of the products that are to be taken away. */
  removed: string[];
  cleared: TextField[];
};

/** One row, normalised and checked against all that can be known without the directory. */
export type RowInput = {
  rowNo: number;
  /** Trimmed, NFC; a blank value is absent. `userPrincipalName` keeps the case that the file has. */
  values: Partial<Record<TextField, string>>;
  /** The user principal name where it was built because the row has none, or null. It may be another row's too. */
  built: string | null;
  accountEnabled: boolean | null;
  /** null where the file says nothing; an empty array for the plain permission User. */
  roles: DirectoryRole[] | null;
  licenses: LicenseInput[];
  /** Only of operations on users who are there already. */
  target?: RowTarget;
  /** The first thing wrong with the row, or null. */
  problem: Cause | null;
  /** What else is wrong with it, each about another field; null where there is nothing. */
  otherProblems: Cause[] | null;
};
