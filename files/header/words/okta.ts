import type { WordTable } from "./word-table.ts";

/** Okta: the attributes of the user profile as the CSV template and exports have them. */
export const okta: WordTable = {
  words: {
    userPrincipalName: [[], [], ["email", "Primary email"], [], ["login", "Okta username", "user.login"]],
    displayName: [["displayName"]],
    givenName: [["firstName", "user.firstName"]],
    surname: [["lastName", "user.lastName"]],
    jobTitle: [[], ["title"]],
    department: [["department"]],
    companyName: [[], ["organization"]],
    streetAddress: [["streetAddress"], ["postalAddress"]],
    city: [["city"]],
    stateOrProvince: [["state"]],
    postalCode: [["zipCode"]],
    country: [[], [], ["countryCode"]],
    businessPhone: [[], ["primaryPhone"]],
    mobilePhone: [["mobilePhone"]],
    otherMail: [[], ["secondEmail"]],
    password: [["password"]],
  },
  ignored: [
    "middleName",
    "honorificPrefix",
    "honorificSuffix",
    // What friends call the person, not the alias of a mailbox.
    "nickName",
    "profileUrl",
    "preferredLanguage",
    "locale",
    "timezone",
    "userType",
    "employeeNumber",
    "costCenter",
    "division",
    "managerId",
    "manager",
    "status",
    "activated",
    "lastLogin",
    "passwordChanged",
  ],
};
