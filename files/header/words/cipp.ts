import type { WordTable } from "./word-table.ts";

/** CIPP: the columns of its bulk add of users and of its other user forms. */
export const cipp: WordTable = {
  words: {
    userPrincipalName: [["userPrincipalName"], ["username"]],
    displayName: [["displayName"]],
    givenName: [["givenName"]],
    surname: [["surName"]],
    jobTitle: [["JobTitle"]],
    department: [["Department"]],
    companyName: [["companyName"]],
    streetAddress: [["streetAddress"]],
    city: [["City"]],
    stateOrProvince: [["State"]],
    postalCode: [["PostalCode"]],
    country: [["Country"]],
    usageLocation: [["usageLocation"]],
    businessPhone: [["businessPhones"]],
    mobilePhone: [["MobilePhone"]],
    mailNickname: [["mailNickName"]],
    otherMail: [["otherMails"]],
    licenses: [["licenses", "assignedLicenses"]],
    password: [["password"]],
    domain: [["domain", "primDomain"]],
  },
  ignored: ["MustChangePass", "CopyFrom", "setManager", "setSponsor", "addedAliases", "removeLicenses"],
};
