import type { NewCustomer } from "../../contract/customer.ts";

/**
 * The sample customer that `npm run demo` makes. Of the 488 people in `people.csv` who can be created, 478 want
 * Microsoft 365 E3 and there are 450 seats, so 28 end `partial`; the other products have seats enough.
 */
export const demoCustomer: NewCustomer = {
  name: "Contoso Worldwide",
  domains: ["contoso.example", "nordwind.example"],
  products: [
    { skuPartNumber: "SPE_E3", total: 450 },
    { skuPartNumber: "SPE_F1", total: 25 },
    { skuPartNumber: "POWER_BI_PRO", total: 60 },
    { skuPartNumber: "VISIOCLIENT", total: 15 },
    { skuPartNumber: "M365_Copilot", total: 20 },
  ],
};

/** The shipped sample: 500 invented people, in UTF-8, twelve of whose rows hold one mistake each. */
export const demoPeopleFile = new URL("people.csv", import.meta.url);
