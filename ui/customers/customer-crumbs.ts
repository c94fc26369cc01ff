import { pageAddress, pages } from "../../contract/pages.ts";
import type { Crumb } from "../kit/PageHead.tsx";

/** The crumbs of a page that belongs to a customer. */
export function customerCrumbs(customerId: string, name: string): Crumb[] {
  return [
    { label: pages.customers.title, to: pages.customers.path },
    { label: name, to: pageAddress("users", { customerId }) },
  ];
}
