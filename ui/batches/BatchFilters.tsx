import { type Batch, batchStates } from "../../contract/batch.ts";
import { causes } from "../../contract/codes.ts";
import { operationNames, operations as operationWords } from "../../contract/operations.ts";
import { useAgentFilter } from "../agents/use-agent-filter.ts";
import { useCustomerFilter } from "../customers/use-customer-filter.ts";
import { type Filter, FilterPills } from "../kit/FilterPills.tsx";
import { useSearchChange } from "../kit/use-search-change.ts";
import { batchListTexts } from "./batch-list-texts.ts";
import type { BatchSearch } from "./batch-search.ts";
import { batchTexts } from "./batch-texts.ts";

const words = batchListTexts.filters;

const states = batchStates.map((value) => ({ value, label: batchTexts.batches.states[value] }));
const operations = operationNames.map((value) => ({ value, label: operationWords[value].label }));
const failures = [
  { value: "yes", label: words.withFailures },
  { value: "no", label: words.withoutFailures },
];

const refused = [{ value: "yes", label: words.refusedShown }];

/** The filters of a list of batches, which stand in its address; a list of one customer has none by customer. */
export function BatchFilters({
  search,
  shown,
  ofOneCustomer,
}: {
  search: BatchSearch;
  shown: readonly Batch[];
  ofOneCustomer: boolean;
}) {
  const change = useSearchChange();
  const customer = useCustomerFilter(words.customer, search.customer);
  const makers = shown.map(({ createdById, createdBy }) => ({ value: createdById, label: createdBy }));
  const who = useAgentFilter("who", words.who, search.who, makers);
  const filters: Filter[] = [
    { key: "state", label: words.state, value: search.state, choices: states },
    { key: "operation", label: words.operation, value: search.operation, choices: operations },
    ...(ofOneCustomer ? [] : [customer]),
    who,
    { key: "since", label: words.since, value: search.since, day: true },
    { key: "until", label: words.until, value: search.until, day: true },
    { key: "failures", label: words.failures, value: search.failures, choices: failures },
    { key: "refused", label: words.refused, value: search.refused, choices: refused },
    // Only links from a cause lead to it.
    ...(search.code === undefined
      ? []
      : [
          {
            key: "code",
            label: words.code,
            value: search.code,
            choices: [{ value: search.code, label: causes[search.code].title }],
          },
        ]),
  ];
  return <FilterPills label={words.label} filters={filters} onChange={change} />;
}
