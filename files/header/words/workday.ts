import type { WordTable } from "./word-table.ts";

/** Workday: the columns of worker reports. */
export const workday: WordTable = {
  words: {
    userPrincipalName: [
      [],
      ["User Name"],
      ["Email - Primary Work", "Primary Work Email", "Email - Work"],
      ["Work Email"],
    ],
    displayName: [["Legal Name", "Preferred Name"], [], ["Worker", "Worker Name"]],
    givenName: [
      ["Legal First Name", "Legal Name - First Name"],
      ["Preferred First Name", "Preferred Name - First Name", "First Name"],
    ],
    surname: [
      ["Legal Last Name", "Legal Name - Last Name"],
      ["Preferred Last Name", "Preferred Name - Last Name", "Last Name"],
    ],
    jobTitle: [["Business Title"], ["Job Title", "Position Title"], ["Position", "Job Profile"]],
    department: [["Department"], ["Supervisory Organization"]],
    companyName: [["Company"]],
    officeLocation: [["Location", "Work Location"], ["Work Space"]],
    streetAddress: [["Primary Work Address"], ["Address Line 1"]],
    city: [["City", "Work City", "Location City"]],
    stateOrProvince: [["State", "Work State", "Location State"]],
    postalCode: [["Postal Code", "Work Postal Code", "Location Postal Code"]],
    country: [["Country", "Work Country", "Location Country"], [], ["Country ISO Code"]],
    businessPhone: [["Primary Work Phone", "Phone - Primary Work", "Work Phone"]],
    mobilePhone: [["Primary Work Mobile", "Mobile Phone"]],
    otherMail: [[], ["Email - Primary Home", "Primary Home Email"]],
  },
  ignored: [
    "Worker ID",
    "Employee ID",
    "Worker Type",
    "Worker Status",
    "Hire Date",
    "Original Hire Date",
    "Termination Date",
    "Cost Center",
    "Manager",
    "Worker's Manager",
    "Management Level",
    "Job Family",
    "FTE",
    "Time Type",
    "Position ID",
  ],
};
