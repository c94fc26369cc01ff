import { Button } from "@fluentui/react-components";
import { AddRegular } from "@fluentui/react-icons/svg/add";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import type { Customer } from "../../contract/customer.ts";
import { customersQuery } from "../client/queries.ts";
import { formatDay } from "../format.ts";
import { useTitle } from "../layout/use-title.ts";
import { type Column, DataTable } from "../parts/DataTable.tsx";
import { EmptyState } from "../parts/EmptyState.tsx";
import { PageHead } from "../parts/PageHead.tsx";
import { ProblemNotice } from "../parts/ProblemNotice.tsx";
import { SearchBox } from "../parts/SearchBox.tsx";
import { Sheet } from "../parts/Section.tsx";
import { Toolbar } from "../parts/Toolbar.tsx";
import { texts } from "../texts.ts";

const NewCustomerDialog = lazy(async () => ({
  default: (await import("../parts/NewCustomerDialog.tsx")).NewCustomerDialog,
}));

const words = texts.customers;

const columns: Column<Customer>[] = [
  {
    key: "name",
    header: words.name,
    narrow: "lead",
    width: "38%",
    cell: ({ id, name }) => (
      <Link to="/customers/$customerId" params={{ customerId: id }} style={{ fontWeight: 600 }}>
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
  useTitle(words.title);
  const { q = "" } = useSearch({ from: "/frame/customers" });
  const navigate = useNavigate({ from: "/customers" });
  const [adding, setAdding] = useState(false);
  const list = useInfiniteQuery(customersQuery(q));
  const items = list.data?.pages.flatMap((page) => page.items);
  const total = list.data?.pages[0]?.total;

  const add = (
    <Button appearance="primary" icon={<AddRegular />} onClick={() => setAdding(true)}>
      {words.add}
    </Button>
  );
  return (
    <>
      <PageHead title={words.title}>{add}</PageHead>
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
            q === "" ? (
              <EmptyState title={words.empty} lead={words.emptyLead}>
                {add}
              </EmptyState>
            ) : (
              <EmptyState title={words.noMatch(q)} lead={words.noMatchLead} />
            )
          ) : (
            <DataTable label={words.title} columns={columns} items={items} itemKey={({ id }) => id} />
          )}
        </Sheet>
      )}
      {list.hasNextPage && (
        <Button
          appearance="subtle"
          disabledFocusable={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {words.loadMore}
        </Button>
      )}
      {adding && (
        <Suspense>
          <NewCustomerDialog
            onClose={() => setAdding(false)}
            onMade={(customerId) => void navigate({ to: "/customers/$customerId", params: { customerId } })}
          />
        </Suspense>
      )}
    </>
  );
}
