import type { SomeExamples } from "./example.ts";

/** Examples of customers, and of users who are looked for or made. */
export const customerExamples: SomeExamples<
  | "listCustomers"
  | "createCustomer"
  | "changeCustomer"
  | "changeCustomerBrakes"
  | "changeBrakes"
  | "addDomain"
  | "addProduct"
  | "changeProduct"
  | "listUsers"
  | "exportUsers"
  | "createUser"
> = {
  listCustomers: { byName: { summary: "Customers whose name has a part", query: { q: "fabri", limit: 20 } } },
  createCustomer: {
    withSeats: {
      summary: "A customer with two domains and 25 seats; the first domain is the default one",
      body: {
        name: "Tailspin Toys",
        domains: ["tailspin.example", "toys.tailspin.example"],
        products: [{ skuPartNumber: "SPE_E3", total: 25 }],
      },
    },
    bare: { summary: "A customer without products", body: { name: "Wingtip", domains: ["wingtip.example"] } },
  },
  changeCustomer: {
    rename: { summary: "Another name", body: { name: "Fabrikam Nordic" } },
    defaultDomain: {
      summary: "Another default domain, one of the customer's",
      body: { defaultDomain: "fabrikam.example" },
    },
  },
  changeCustomerBrakes: {
    own: {
      summary: "A large customer: 200 users or 5 % of them, and any user with an admin role, need a second agent",
      body: { limits: { users: 200, percent: 5, admins: true } },
    },
    asAll: { summary: "The limits for all customers count again", body: { limits: null } },
  },
  changeBrakes: {
    usual: {
      summary: "50 users or a tenth of a customer, and any user with an admin role, need a second agent",
      body: { users: 50, percent: 10, admins: true },
    },
    off: {
      summary: "No plan needs a second agent; looser limits count once another Admin agent agrees to them",
      body: { users: null, percent: null, admins: false },
    },
  },
  addDomain: { domain: { summary: "One more domain", body: { name: "dk.fabrikam.example" } } },
  addProduct: {
    partNumber: { summary: "A product by its part number", body: { skuPartNumber: "POWER_BI_PRO", total: 10 } },
    name: { summary: "A product by its name", body: { skuPartNumber: "Visio Plan 2", total: 2 } },
    marketplace: {
      summary: "A product whose licenses its publisher assigns",
      body: {
        skuPartNumber: "SIGNATURES",
        total: 50,
        publisher: { name: "Signatures for all", address: "https://signatures.example/licenses" },
      },
    },
  },
  changeProduct: {
    seats: { summary: "So many seats from now on", body: { total: 40 } },
    warning: { summary: "A subscription of ten seats has run out", body: { warning: 10 } },
  },
  listUsers: {
    licensed: {
      summary: "Who in Sales has Microsoft 365 E3, by name, and how many they are",
      query: { department: "Sales", license: "SPE_E3", sort: "displayName", limit: 50, count: "true" },
    },
    several: {
      summary: "Who has one of two products and no usage location, the users from the 201st on by department",
      query: { license: "SPE_E3,SPE_E5", usageLocation: "none", sort: "department", offset: 200 },
    },
    blocked: { summary: "Whose sign-in is blocked", query: { accountEnabled: "false" } },
    admins: { summary: "Who in Sweden is a Global admin", query: { usageLocation: "SE", permission: "globalAdmin" } },
    deleted: {
      summary: "Deleted users of a name, who can still be restored",
      query: { state: "inactive", q: "hale", sort: "-deletedAt" },
    },
  },
  exportUsers: {
    unlicensed: {
      summary: "Who in Sales has no license, as a file",
      query: { department: "Sales", license: "none", sort: "displayName" },
    },
  },
  createUser: {
    few: {
      summary: "As little as there must be; Muster makes a temporary password",
      body: { userPrincipalName: "eva.ruiz@fabrikam.example", displayName: "Eva Ruiz" },
    },
    whole: {
      summary: "With a license of which one service plan is off, a permission and a chosen password",
      body: {
        userPrincipalName: "noah.dietz@fabrikam.example",
        displayName: "Noah Dietz",
        givenName: "Noah",
        surname: "Dietz",
        jobTitle: "Buyer",
        department: "Purchasing",
        city: "Bremen",
        country: "Germany",
        usageLocation: "DE",
        mobilePhone: "+49 151 5550100",
        permission: "Password admin",
        licenses: [{ sku: "SPE_E3", disabledPlans: ["SWAY"] }],
        password: "Harbour-4-Lantern",
      },
    },
    anew: {
      summary: "A new person with the name of a user who was deleted",
      body: { userPrincipalName: "tom.hale@fabrikam.example", displayName: "Tom Hale", onDeleted: "create" },
    },
  },
};
