import { ArrowClockwiseRegular } from "@fluentui/react-icons/svg/arrow-clockwise";
import { useInfiniteQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { pages } from "../../contract/pages.ts";
import { CommandButton } from "../kit/CommandButton.tsx";
import { EmptyState } from "../kit/EmptyState.tsx";
import { MoreButton } from "../kit/MoreButton.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { SearchBox } from "../kit/SearchBox.tsx";
import { Sheet } from "../kit/Section.tsx";
import { Toolbar } from "../kit/Toolbar.tsx";
import { useSearchChange } from "../kit/use-search-change.ts";
import { batchListTexts } from "./batch-list-texts.ts";
import { batchesQuery } from "./batch-queries.ts";
import { batchFilter, type BatchSearch } from "./batch-search.ts";
import { batchTexts } from "./batch-texts.ts";
import { BatchFilters } from "./BatchFilters.tsx";
import { BatchTable } from "./BatchTable.tsx";
import { readAllBatches } from "./read-all-batches.ts";

const words = batchTexts.batches;

const RetryDialog = lazy(async () => ({ default: (await import("./RetryDialog.tsx")).RetryDialog }));

/** Batches with a search and filters, and a retry of all that they show; of one customer or of all. */
export function BatchList({ customerId, search }: { customerId?: string; search: BatchSearch }) {
  const filter = batchFilter(search, customerId);
  const list = useInfiniteQuery(batchesQuery(filter));
  const change = useSearchChange();
  const [retrying, setRetrying] = useState(false);
  const items = list.data?.pages.flatMap((page) => page.items);
  const filtered = Object.values(search).some((value) => value !== undefined && value !== "");
  const someFailed = items?.some(({ totals }) => totals.failed + totals.partial > 0) ?? false;
  return (
    <>
      <Toolbar
        end={
          <CommandButton
            command={{
              key: "retryAll",
              label: batchListTexts.forAll.retry,
              icon: <ArrowClockwiseRegular />,
              reason: items === undefined || someFailed || list.hasNextPage ? null : batchListTexts.forAll.none,
              onUse: () => setRetrying(true),
            }}
          />
        }
      >
        <SearchBox label={words.search} value={search.q ?? ""} onChange={(q) => change({ q: q || undefined })} />
        <BatchFilters search={search} shown={items ?? []} ofOneCustomer={customerId !== undefined} />
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
      {retrying && (
        <Suspense>
          <RetryDialog
            title={batchListTexts.forAll.retryTitle}
            what={filter}
            targets={async () =>
              (await readAllBatches({ ...filter, hasFailures: "true" })).map(({ id }) => ({
                batchId: id,
                selection: filter.code === undefined ? {} : { codes: [filter.code] },
              }))
            }
            onClose={() => setRetrying(false)}
          />
        </Suspense>
      )}
    </>
  );
}
