import { ArrowImportRegular } from "@fluentui/react-icons/svg/arrow-import";
import { AddRegular } from "@fluentui/react-icons/svg/add";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { pages } from "../../contract/pages.ts";
import type { Customer } from "../../contract/customer.ts";
import { customersQuery } from "./customer-queries.ts";
import { formatDay } from "../kit/format.ts";
import { useTitle } from "../kit/use-title.ts";
import { type Column, DataTable } from "../kit/DataTable.tsx";
import { CommandButton } from "../kit/CommandButton.tsx";
import { usePartnerReason } from "../kit/use-authority.ts";
import { EmptyState } from "../kit/EmptyState.tsx";
import { PageHead } from "../kit/PageHead.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { SearchBox } from "../kit/SearchBox.tsx";
import { Sheet } from "../kit/Section.tsx";
import { Toolbar } from "../kit/Toolbar.tsx";
import { customerTexts } from "./customer-texts.ts";
import { texts } from "../kit/texts.ts";
import { MoreButton } from "../kit/MoreButton.tsx";

const NewCustomerDialog = lazy(async () => ({
  default: (await import("./NewCustomerDialog.tsx")).NewCustomerDialog,
}));

const CatalogImportDialog = lazy(async () => ({
  default: (await import("./CatalogImportDialog.tsx")).CatalogImportDialog,
}));

const words = customerTexts.customers;

const columns: Column<Customer>[] = [
  {
    key: "name",
    header: words.name,
    narrow: "lead",
    width: "38%",
    cell: ({ id, name }) => (
      <Link to={pages.users.path} params={{ customerId: id }} style={{ fontWeight: 600 }}>
        {name}
      </Link>
    ),
  },
  {
    key: "domain",
    header: words.domain,
    cell: ({ domains }) => {
      const others = domains.length - 1;
      return `${domains.find(({ isDefault }) => isDefault)?.name ?? ""}${others > 0 ? ` ${words.more(others)}` : ""}`;
    },
  },
  {
    key: "since",
    header: words.since,
    narrow: "wideOnly",
    width: "160px",
    cell: ({ createdAt }) => formatDay(createdAt),
  },
];

/** All customers, with a search and the way to a new one. */
export function CustomersPage() {
  useTitle(pages.customers.title);
  const { q = "" } = useSearch({ from: "/frame/customers" });
  const navigate = useNavigate({ from: pages.customers.path });
  const [adding, setAdding] = useState(false);
  const [importing, setImporting] = useState(false);
  const list = useInfiniteQuery(customersQuery(q));
  const items = list.data?.pages.flatMap((page) => page.items);
  const total = list.data?.pages[0]?.total;

  const reason = usePartnerReason();
  const add = (
    <CommandButton
      appearance="primary"
      command={{ key: "add", label: words.add, icon: <AddRegular />, reason, onUse: () => setAdding(true) }}
    />
  );
  return (
    <>
      <PageHead title={pages.customers.title}>
        <CommandButton
          appearance="secondary"
          command={{
            key: "catalog",
            label: customerTexts.catalog.open,
            icon: <ArrowImportRegular />,
            reason,
            onUse: () => setImporting(true),
          }}
        />
        {add}
      </PageHead>
      <Toolbar end={total === undefined ? undefined : texts.units.customers(total)}>
        <SearchBox
          label={words.search}
          value={q}
          onChange={(next) => void navigate({ search: { q: next || undefined }, replace: true })}
        />
      </Toolbar>
      {list.isError && <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
      {!(list.isError && items === undefined) && (
        <Sheet>
          {items?.length === 0 ? (
            q === "" && reason !== null ? (
              <EmptyState title={words.noGrant} lead={words.noGrantLead} />
            ) : q === "" ? (
              <EmptyState title={words.empty} lead={words.emptyLead}>
                {add}
              </EmptyState>
            ) : (
              <EmptyState title={words.noMatch(q)} lead={words.noMatchLead} />
            )
          ) : (
            <DataTable label={pages.customers.title} columns={columns} items={items} itemKey={({ id }) => id} />
          )}
        </Sheet>
      )}
      <MoreButton list={list} />
      {importing && (
        <Suspense>
          <CatalogImportDialog onClose={() => setImporting(false)} />
        </Suspense>
      )}
      {adding && (
        <Suspense>
          <NewCustomerDialog
            onClose={() => setAdding(false)}
            onMade={(customerId) => void navigate({ to: pages.users.path, params: { customerId } })}
          />
        </Suspense>
      )}
    </>
  );
}
