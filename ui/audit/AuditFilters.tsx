import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useAgentFilter } from "../agents/use-agent-filter.ts";
import { batchQuery } from "../batches/batch-queries.ts";
import { useCustomerFilter } from "../customers/use-customer-filter.ts";
import { userTexts } from "../users/user-texts.ts";
import { type Filter, FilterPills } from "../kit/FilterPills.tsx";
import { Toolbar } from "../kit/Toolbar.tsx";
import { useSearchChange } from "../kit/use-search-change.ts";
import type { AuditSearch } from "./audit-filter.ts";
import { auditTexts } from "./audit-texts.ts";
import { knownOperations, operationWords } from "./operation-words.ts";

const words = auditTexts.audit;

/** What an audit is narrowed to: each filter stands in the address. */
export function AuditFilters({
  search,
  withCustomer = false,
  end,
}: {
  search: AuditSearch;
  withCustomer?: boolean;
  end?: ReactNode;
}) {
  const change = useSearchChange();
  const agent = useAgentFilter("agent", words.agent, search.agent);
  const customer = useCustomerFilter(words.customer, search.customer);
  const batch = useQuery({ ...batchQuery(search.batch ?? ""), enabled: search.batch !== undefined });
  const filters: Filter[] = [
    ...(withCustomer ? [customer] : []),
    agent,
    { key: "operation", label: words.operation, value: search.operation, choices: operationChoices(search.operation) },
    { key: "from", label: words.from, value: search.from, day: true },
    { key: "to", label: words.to, value: search.to, day: true },
    // What a page leads here with is shown and can be cleared, but not chosen here: there are too many.
    ...(search.user === undefined ? [] : [set("user", words.user, search.user, words.oneUser)]),
    ...(search.batch === undefined ? [] : [set("batch", words.batch, search.batch, batchName(batch.data?.no))]),
  ];
  return (
    <Toolbar end={end}>
      <FilterPills
        label={words.filters}
        filters={filters}
        onChange={(part) => change({ ...part, record: undefined })}
      />
    </Toolbar>
  );
}

function set(key: string, label: string, value: string, name: string): Filter {
  return { key, label, value, choices: [{ value, label: name }] };
}

function batchName(no: number | undefined): string {
  return no === undefined ? words.oneBatch : userTexts.activity.batch(no);
}

function operationChoices(chosen: string | undefined) {
  if (chosen === undefined || knownOperations.some(({ value }) => value === chosen)) return knownOperations;
  return [...knownOperations, { value: chosen, label: operationWords(chosen) }];
}
