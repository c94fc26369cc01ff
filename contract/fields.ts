/** The parts in which pages show and offer the fields of a user, in this order. */
const fieldParts = ["who", "account", "job", "contact", "address"] as const;

export type FieldPart = (typeof fieldParts)[number];

/**
 * The fields of a user that hold plain text, each with its label, its greatest length in characters, and its part.
 * Limits: Partner Center and Entra ID, as gathered in the domain notes, section 4.
 */
export const textFields = {
  userPrincipalName: { label: "Username", max: 113, part: "who" },
  displayName: { label: "Display name", max: 256, part: "who" },
  givenName: { label: "First name", max: 64, part: "who" },
  surname: { label: "Last name", max: 64, part: "who" },
  jobTitle: { label: "Job title", max: 128, part: "job" },
  department: { label: "Department", max: 64, part: "job" },
  companyName: { label: "Company name", max: 64, part: "job" },
  officeLocation: { label: "Office", max: 128, part: "job" },
  streetAddress: { label: "Street address", max: 1024, part: "address" },
  city: { label: "City", max: 128, part: "address" },
  stateOrProvince: { label: "State or province", max: 128, part: "address" },
  postalCode: { label: "Postal code", max: 40, part: "address" },
  country: { label: "Country or region", max: 128, part: "address" },
  usageLocation: { label: "Usage location", max: 2, part: "account" },
  businessPhone: { label: "Office phone", max: 64, part: "contact" },
  mobilePhone: { label: "Mobile phone", max: 64, part: "contact" },
  faxNumber: { label: "Fax", max: 64, part: "contact" },
  mailNickname: { label: "Mail nickname", max: 64, part: "contact" },
  otherMail: { label: "Alternate email address", max: 256, part: "contact" },
} as const satisfies Record<string, { label: string; max: number; part: FieldPart }>;

export type TextField = keyof typeof textFields;

/** The text fields of `part`. */
export type TextFieldOf<Part extends FieldPart> = {
  [Field in TextField]: (typeof textFields)[Field]["part"] extends Part ? Field : never;
}[TextField];

export const textFieldNames = Object.keys(textFields) as [TextField, ...TextField[]];

/** The text fields of the `parts`, in the order of the list above. */
export function textFieldsOf<Part extends FieldPart>(...parts: readonly Part[]): TextFieldOf<Part>[] {
  const wanted: readonly FieldPart[] = parts;
  return textFieldNames.filter((field): field is TextFieldOf<Part> => wanted.includes(textFields[field].part));
}

/**
 * The fields that a column of a file may stand for beyond plain text. `domain` is the part after the @ where a file
 * keeps it in a column of its own; `statusUpdate` is Partner Center's column for our answer; `musterRow` marks our own
 * result files; `customer` is whom a row of a file for many customers is about. A field without a part is never offered.
 */
export const specialFields = {
  accountEnabled: { label: "Sign-in allowed", part: "account" },
  signInBlocked: { label: "Block sign-in", part: "account" },
  permission: { label: "Permission", part: "account" },
  licenses: { label: "Licenses", part: "account" },
  removeLicenses: { label: "Remove licenses", part: "account" },
  newUserPrincipalName: { label: "New username", part: "who" },
  password: { label: "Password", part: "account" },
  domain: { label: "Domain", part: "who" },
  objectId: { label: "Object ID", part: "who" },
  statusUpdate: { label: "Status update", part: null },
  musterRow: { label: "Muster row", part: null },
  customer: { label: "Customer", part: null },
} as const satisfies Record<string, { label: string; part: FieldPart | null }>;

export type SpecialField = keyof typeof specialFields;
export type FieldName = TextField | SpecialField;

/** Every field that a column may stand for. */
export const fieldNames = [...Object.keys(textFields), ...Object.keys(specialFields)] as [FieldName, ...FieldName[]];

const allFields: Record<FieldName, { label: string; part: FieldPart | null }> = { ...textFields, ...specialFields };

/** The label that people read for `field`. */
export function fieldLabel(field: FieldName): string {
  return allFields[field].label;
}

/** The fields that a column may be given by hand, part by part. */
export const offeredFields: readonly { part: FieldPart; fields: readonly FieldName[] }[] = fieldParts.map((part) => ({
  part,
  fields: fieldNames.filter((field) => allFields[field].part === part),
}));

/** The cell that empties a field of a user; a blank one leaves it as it is. */
export const clearMark = "(clear)";

/** The cell that stands in place of a password everywhere a password was read. */
export const passwordMark = "(password)";

/**
 * The cell that stands in a result file in place of a password that was refused. It breaks the rules for passwords too,
 * so that the row is refused again until a password is typed or the cell is emptied.
 */
export const refusedPasswordMark = "(password refused)";
