import { text } from "drizzle-orm/pg-core";

/** Columns for the texts that a user may or may not have, for each table that holds them. */
export const optionalTexts = () => ({
  givenName: text(),
  surname: text(),
  jobTitle: text(),
  department: text(),
  companyName: text(),
  officeLocation: text(),
  streetAddress: text(),
  city: text(),
  stateOrProvince: text(),
  postalCode: text(),
  country: text(),
  usageLocation: text(),
  businessPhone: text(),
  mobilePhone: text(),
  faxNumber: text(),
  mailNickname: text(),
  otherMail: text(),
});
