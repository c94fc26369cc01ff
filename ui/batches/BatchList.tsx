import { Select } from "@fluentui/react-components";
import { useInfiniteQuery } from "@tanstack/react-query";
import { pages } from "../../contract/pages.ts";
import { type BatchState, batchStates } from "../../contract/batch.ts";
import { batchesQuery } from "./batch-queries.ts";
import { batchTexts } from "./batch-texts.ts";
import { EmptyState } from "../kit/EmptyState.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { SearchBox } from "../kit/SearchBox.tsx";
import { Sheet } from "../kit/Section.tsx";
import { BatchTable } from "./BatchTable.tsx";
import { Toolbar } from "../kit/Toolbar.tsx";
import { MoreButton } from "../kit/MoreButton.tsx";

const words = batchTexts.batches;

/** Batches with a search and a filter by state; of one customer or of all. */
export function BatchList({
  customerId,
  q,
  state,
  onFilter,
}: {
  customerId?: string;
  q: string;
  state: BatchState | undefined;
  onFilter: (filter: { q: string | undefined; state: BatchState | undefined }) => void;
}) {
  const list = useInfiniteQuery(batchesQuery({ customerId, q, state }));
  const items = list.data?.pages.flatMap((page) => page.items);
  const filtered = q !== "" || state !== undefined;
  return (
    <>
      <Toolbar>
        <SearchBox label={words.search} value={q} onChange={(next) => onFilter({ q: next || undefined, state })} />
        <Select
          aria-label={words.state}
          value={state ?? ""}
          onChange={(_event, { value }) =>
            onFilter({ q: q || undefined, state: batchStates.find((one) => one === value) })
          }
        >
          <option value="">{words.anyState}</option>
          {batchStates.map((one) => (
            <option key={one} value={one}>
              {words.states[one]}
            </option>
          ))}
        </Select>
      </Toolbar>
      {list.isError && <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
      {!(list.isError && items === undefined) && (
        <Sheet>
          {items?.length === 0 ? (
            <EmptyState
              title={filtered ? words.noMatch : words.empty}
              lead={filtered ? words.noMatchLead : words.emptyLead}
            />
          ) : (
            <BatchTable label={pages.batches.title} items={items} ofOneCustomer={customerId !== undefined} />
          )}
        </Sheet>
      )}
      <MoreButton list={list} />
    </>
  );
}
