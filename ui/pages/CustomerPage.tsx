import { PersonAddRegular } from "@fluentui/react-icons/svg/person-add";
import { TableArrowUpRegular } from "@fluentui/react-icons/svg/table-arrow-up";
import { useQuery } from "@tanstack/react-query";
import { Outlet, useParams } from "@tanstack/react-router";
import { customerQuery } from "../client/queries.ts";
import { useTitle } from "../layout/use-title.ts";
import { LinkButton } from "../parts/LinkButton.tsx";
import { PageHead } from "../parts/PageHead.tsx";
import { QueryGate } from "../parts/QueryGate.tsx";
import { TabLinks } from "../parts/TabLinks.tsx";
import { texts } from "../texts.ts";

const words = texts.customer;

/** One customer: its head, and under it users, deleted users, batches or products. */
export function CustomerPage() {
  const { customerId } = useParams({ from: "/frame/customers/$customerId" });
  const customer = useQuery(customerQuery(customerId));
  useTitle(customer.data?.name);
  const base = `/customers/${customerId}`;
  return (
    <QueryGate query={customer}>
      {({ name, domains }) => (
        <>
          <PageHead
            crumbs={[{ label: texts.customers.title, to: "/customers" }]}
            title={name}
            lead={domains.map((domain) => domain.name).join(" · ")}
          >
            <LinkButton to="/customers/$customerId/users/new" params={{ customerId }} icon={<PersonAddRegular />}>
              {words.addUser}
            </LinkButton>
            <LinkButton
              to="/customers/$customerId/upload"
              params={{ customerId }}
              appearance="primary"
              icon={<TableArrowUpRegular />}
            >
              {words.upload}
            </LinkButton>
          </PageHead>
          <TabLinks
            label={words.tabs}
            tabs={[
              { label: words.users, to: base, exact: true },
              { label: words.deleted, to: `${base}/deleted` },
              { label: words.batches, to: `${base}/batches` },
              { label: words.products, to: `${base}/products` },
            ]}
          />
          <Outlet />
        </>
      )}
    </QueryGate>
  );
}
