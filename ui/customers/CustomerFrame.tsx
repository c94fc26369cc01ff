import { useQuery } from "@tanstack/react-query";
import { Outlet } from "@tanstack/react-router";
import { pageAddress, type PageName, pages } from "../../contract/pages.ts";
import { customerQuery } from "./customer-queries.ts";
import { useTitle } from "../kit/use-title.ts";
import { PageHead } from "../kit/PageHead.tsx";
import { QueryGate } from "../kit/QueryGate.tsx";
import { TabLinks } from "../kit/TabLinks.tsx";
import { useCustomerId } from "./use-customer-id.ts";
import { customerTexts } from "./customer-texts.ts";

const words = customerTexts.customer;
const customerTabs = ["users", "deletedUsers", "customerBatches", "products"] as const satisfies PageName[];

/** One customer: its head, and under it users, deleted users, batches or products. */
export function CustomerFrame() {
  const customerId = useCustomerId();
  const customer = useQuery(customerQuery(customerId));
  useTitle(customer.data?.name);
  return (
    <QueryGate query={customer}>
      {({ name, domains }) => (
        <>
          <PageHead
            crumbs={[{ label: pages.customers.title, to: pages.customers.path }]}
            title={name}
            lead={domains.map((domain) => domain.name).join(" · ")}
          ></PageHead>
          <TabLinks
            label={words.tabs}
            tabs={customerTabs.map((page) => ({
              label: pages[page].title,
              to: pageAddress(page, { customerId }),
              exact: true,
            }))}
          />
          <Outlet />
        </>
      )}
    </QueryGate>
  );
}
