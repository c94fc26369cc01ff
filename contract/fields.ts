/**
 * The fields of a user that hold plain text, each with its label and its greatest length in characters.
 * Limits: Partner Center and Entra ID, as gathered in the domain notes, section 4.
 */
export const textFields = {
  userPrincipalName: { label: "Username", max: 113 },
  displayName: { label: "Display name", max: 256 },
  givenName: { label: "First name", max: 64 },
  surname: { label: "Last name", max: 64 },
  jobTitle: { label: "Job title", max: 128 },
  department: { label: "Department", max: 64 },
  companyName: { label: "Company name", max: 64 },
  officeLocation: { label: "Office", max: 128 },
  streetAddress: { label: "Street address", max: 1024 },
  city: { label: "City", max: 128 },
  stateOrProvince: { label: "State or province", max: 128 },
  postalCode: { label: "Postal code", max: 40 },
  country: { label: "Country or region", max: 128 },
  usageLocation: { label: "Usage location", max: 2 },
  businessPhone: { label: "Office phone", max: 64 },
  mobilePhone: { label: "Mobile phone", max: 64 },
  faxNumber: { label: "Fax", max: 64 },
  mailNickname: { label: "Mail nickname", max: 64 },
  otherMail: { label: "Alternate email address", max: 256 },
} as const satisfies Record<string, { label: string; max: number }>;

export type TextField = keyof typeof textFields;

export const textFieldNames = Object.keys(textFields) as [TextField, ...TextField[]];

/**
 * The fields that a column of a file may stand for beyond plain text. `domain` is the part after the @ where a file
 * keeps it in a column of its own; `statusUpdate` is Partner Center's column for our answer; `musterRow` marks our own
 * result files.
 */
export const specialFields = {
  accountEnabled: { label: "Sign-in allowed" },
  signInBlocked: { label: "Block sign-in" },
  permission: { label: "Permission" },
  licenses: { label: "Licenses" },
  removeLicenses: { label: "Remove licenses" },
  newUserPrincipalName: { label: "New username" },
  password: { label: "Password" },
  domain: { label: "Domain" },
  objectId: { label: "Object ID" },
  statusUpdate: { label: "Status update" },
  musterRow: { label: "Muster row" },
} as const satisfies Record<string, { label: string }>;

export type SpecialField = keyof typeof specialFields;
export type FieldName = TextField | SpecialField;

/** Every field that a column may stand for. */
export const fieldNames = [...Object.keys(textFields), ...Object.keys(specialFields)] as [FieldName, ...FieldName[]];

/** The label that people read for `field`. */
export function fieldLabel(field: FieldName): string {
  return { ...textFields, ...specialFields }[field].label;
}

/** The cell that empties a field of a user; a blank one leaves it as it is. */
export const clearMark = "(clear)";

/** The cell that stands in place of a password everywhere a password was read. */
export const passwordMark = "(password)";

/**
 * The cell that stands in a result file in place of a password that was refused. It breaks the rules for passwords too,
 * so that the row is refused again until a password is typed or the cell is emptied.
 */
export const refusedPasswordMark = "(password refused)";
