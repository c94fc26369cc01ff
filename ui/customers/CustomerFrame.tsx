import { useQuery } from "@tanstack/react-query";
import { RenameRegular } from "@fluentui/react-icons/svg/rename";
import { Outlet, useMatch } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { pageAddress, type PageName, pages } from "../../contract/pages.ts";
import { customerQuery, deletedCountQuery } from "./customer-queries.ts";
import { CommandButton } from "../kit/CommandButton.tsx";
import { formatCount } from "../kit/format.ts";
import { usePartnerReason } from "../kit/use-authority.ts";
import { useTitle } from "../kit/use-title.ts";
import { PageHead } from "../kit/PageHead.tsx";
import { QueryGate } from "../kit/QueryGate.tsx";
import { TabLinks } from "../kit/TabLinks.tsx";
import { useCustomerId } from "./use-customer-id.ts";
import { customerTexts } from "./customer-texts.ts";

const RenameDialog = lazy(async () => ({ default: (await import("./RenameDialog.tsx")).RenameDialog }));

const words = customerTexts.customer;
const customerTabs = [
  "users",
  "deletedUsers",
  "customerBatches",
  "products",
  "customerGrants",
  "customerAudit",
] as const satisfies PageName[];

/** One customer: its head, and under it users, deleted users, batches or products. */
export function CustomerFrame() {
  const customerId = useCustomerId();
  const customer = useQuery(customerQuery(customerId));
  const deleted = useQuery(deletedCountQuery(customerId)).data?.total ?? 0;
  const reason = usePartnerReason();
  // The panels to add and to edit a user open over the list, and have addresses of their own.
  const overUsers = useMatch({ from: "/frame/customer/customers/$customerId", shouldThrow: false }) !== undefined;
  const [renaming, setRenaming] = useState(false);
  useTitle(customer.data?.name);
  return (
    <QueryGate query={customer}>
      {({ name, domains }) => (
        <>
          <PageHead
            crumbs={[{ label: pages.customers.title, to: pages.customers.path }]}
            title={name}
            lead={domains.map((domain) => domain.name).join(" · ")}
          >
            <CommandButton
              appearance="secondary"
              command={{
                key: "rename",
                label: words.rename,
                icon: <RenameRegular />,
                reason,
                onUse: () => setRenaming(true),
              }}
            />
          </PageHead>
          {renaming && (
            <Suspense>
              <RenameDialog customerId={customerId} name={name} onClose={() => setRenaming(false)} />
            </Suspense>
          )}
          <TabLinks
            label={words.tabs}
            tabs={customerTabs.map((page) => ({
              label: pages[page].title,
              to: pageAddress(page, { customerId }),
              exact: true,
              here: page === "users" && overUsers,
              ...(page === "deletedUsers" && deleted > 0 && { beside: formatCount(deleted) }),
            }))}
          />
          <Outlet />
        </>
      )}
    </QueryGate>
  );
}
