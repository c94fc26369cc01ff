import { exampleIds } from "./example-ids.ts";
import type { SomeExamples } from "./example.ts";

const plans = [{ batchId: exampleIds.batchId, planVersion: 1 }];

/** Examples of files for many customers. */
export const bundleExamples: SomeExamples<
  "createBundle" | "listBundles" | "applyBundle" | "approveBundle" | "refuseBundle" | "listRefused"
> = {
  createBundle: {
    plan: {
      summary: "New users of two customers, one of them by the domain of the username",
      query: { operation: "create-users", fileName: "all-customers.csv" },
      file: "Customer,User name,First name,Last name\nfabrikam.example,mia.sund@fabrikam.example,Mia,Sund\n,leo.marsh@wingtip.example,Leo,Marsh\n",
    },
    mapping: {
      summary: "The column for the customer by a mapping; applied at once",
      query: { operation: "delete-users", mapping: '{"Kst":"customer"}', apply: "true" },
      file: "Kst,User name\nfabrikam.example,nobody@fabrikam.example\n",
    },
  },
  listBundles: {
    first: { summary: "The latest 20", query: { limit: 20 } },
    named: { summary: "Those with this in the name of the file", query: { q: "all-customers" } },
  },
  applyBundle: {
    all: { summary: "All that are ready", body: {} },
    confirmed: { summary: "With the number of users that the plans hit", body: { confirm: 12 } },
  },
  approveBundle: {
    yes: {
      summary: "The plans that were looked at, with a word for whoever asked",
      body: { plans, note: "They moved" },
    },
  },
  refuseBundle: { no: { summary: "With the reason", body: { plans, note: "These are the wrong people" } } },
  listRefused: { first: { summary: "The first 50, and how many there are", query: { limit: 50, count: "true" } } },
};
