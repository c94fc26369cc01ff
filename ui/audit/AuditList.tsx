import { useInfiniteQuery } from "@tanstack/react-query";
import type { AuditFilter } from "../../contract/audit.ts";
import { pages } from "../../contract/pages.ts";
import { DataTable } from "../kit/DataTable.tsx";
import { WithPane } from "../kit/DetailsPane.tsx";
import { EmptyState } from "../kit/EmptyState.tsx";
import { MoreButton } from "../kit/MoreButton.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { Sheet } from "../kit/Section.tsx";
import { useSearchChange } from "../kit/use-search-change.ts";
import { auditColumns } from "./audit-columns.tsx";
import { auditQuery } from "./audit-queries.ts";
import { auditTexts } from "./audit-texts.ts";
import { AuditPane } from "./AuditPane.tsx";

const words = auditTexts.audit;

/** The records that match, the latest first, with the one of the address opened beside them. */
export function AuditList({ filter, openId }: { filter: AuditFilter; openId: number | undefined }) {
  const list = useInfiniteQuery(auditQuery(filter));
  const change = useSearchChange();
  const items = list.data?.pages.flatMap((page) => page.items);
  if (list.isError && items === undefined) {
    return <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />;
  }
  if (items?.length === 0) {
    const narrowed = Object.keys(filter).some((key) => key !== "customerId");
    return (
      <EmptyState
        title={narrowed ? words.noMatch : words.empty}
        lead={narrowed ? words.noMatchLead : words.emptyLead}
      />
    );
  }
  const at = items?.findIndex(({ id }) => id === openId) ?? -1;
  const record = items?.[at];
  const step = (by: number) => {
    const next = items?.[at + by];
    return next === undefined ? undefined : () => change({ record: next.id });
  };
  return (
    <>
      <WithPane
        pane={
          record !== undefined && (
            <AuditPane
              record={record}
              onClose={() => change({ record: undefined })}
              onPrevious={step(-1)}
              onNext={step(1)}
            />
          )
        }
      >
        <Sheet>
          <DataTable
            label={pages.audit.title}
            columns={auditColumns(({ id }) => change({ record: id }), { brief: record !== undefined })}
            items={items}
            itemKey={({ id }) => String(id)}
          />
        </Sheet>
      </WithPane>
      <MoreButton list={list} />
    </>
  );
}
