import { pageAddress, pages } from "../../../contract/pages.ts";
import { texts } from "../texts.ts";
import { dialog, type DialogEntry, press } from "./dialog-entry.ts";
import type { Prepared } from "./prepare-dialogs.ts";

const { customers, customer, newCustomer, products, catalog } = texts;
const productsPage = ({ customerId }: Prepared) => pageAddress("products", { customerId });
const catalogue = [
  "Product_Display_Name,String_Id,GUID,Service_Plan_Name,Service_Plan_Id,Service_Plans_Included_Friendly_Names",
  "Widgets Pro,WIDGETS_PRO,11111111-aaaa-4aaa-8aaa-000000000001,WIDGET_A,22222222-bbbb-4bbb-8bbb-00000000000a,Widget A",
].join("\r\n");

/** Dialogs about customers and their products. */
export const customerDialogs = {
  "new customer": {
    files: ["customers/NewCustomerDialog.tsx"],
    open: async (page) => {
      await press(page, pages.customers.path, customers.add);
      await dialog(page).getByRole("button", { name: newCustomer.addProduct }).click();
      await dialog(page).getByRole("combobox").first().waitFor();
    },
    typed: (page) => [
      [dialog(page).getByLabel(newCustomer.name), "Tailspin Toys"],
      [dialog(page).getByLabel(newCustomer.domains), "tailspin.example"],
    ],
  },
  "catalogue of products": {
    files: ["customers/CatalogImportDialog.tsx"],
    open: async (page) => {
      await press(page, pages.customers.path, catalog.open);
      const buffer = Buffer.from(catalogue);
      await dialog(page)
        .locator("input[type=file]")
        .setInputFiles({ name: "catalogue.csv", mimeType: "text/csv", buffer });
      await dialog(page)
        .getByText(catalog.counts(1, 0, 0))
        .waitFor();
    },
  },
  "rename a customer": {
    files: ["customers/RenameDialog.tsx"],
    open: async (page, { customerId }) => await press(page, pageAddress("users", { customerId }), customer.rename),
    typed: (page) => [[dialog(page).getByLabel(newCustomer.name), "Fabrikam Stores"]],
  },
  "add a domain": {
    files: ["customers/DomainDialog.tsx"],
    open: async (page, at) => await press(page, productsPage(at), products.addDomain),
    typed: (page) => [[dialog(page).getByLabel(products.domain), "shops.example"]],
  },
  "add a product": {
    files: ["customers/ProductDialog.tsx"],
    open: async (page, at) => await press(page, productsPage(at), products.add),
    typed: (page) => [[dialog(page).getByLabel(products.total), "25"]],
  },
  "limits of plans": {
    files: ["customers/BrakeLimitsDialog.tsx"],
    open: async (page, at) => await press(page, productsPage(at), texts.brakeLimits.change),
    typed: (page) => [[dialog(page).getByLabel(texts.brakeLimits.dialog.users), "77"]],
  },
  "seats of a product": {
    files: ["customers/SeatsDialog.tsx"],
    open: async (page, at) => await press(page, productsPage(at), products.change),
    typed: (page) => [[dialog(page).getByLabel(products.total), "125"]],
  },
} as const satisfies Record<string, DialogEntry>;
