import { Button } from "@fluentui/react-components";
import { ArrowDownloadRegular } from "@fluentui/react-icons/svg/arrow-download";
import { infiniteQueryOptions, useInfiniteQuery } from "@tanstack/react-query";
import { pages } from "../../contract/pages.ts";
import { routeAddress } from "../../contract/route-address.ts";
import { callRoute } from "../client/call-route.ts";
import { queryKeys } from "../client/query-keys.ts";
import { DataTable } from "../kit/DataTable.tsx";
import { EmptyState } from "../kit/EmptyState.tsx";
import { PageHead } from "../kit/PageHead.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { Sheet } from "../kit/Section.tsx";
import { useTitle } from "../kit/use-title.ts";
import { auditColumns } from "./audit-columns.tsx";
import { auditTexts } from "./audit-texts.ts";
import { MoreButton } from "../kit/MoreButton.tsx";

const words = auditTexts.audit;

/** The records of the audit that the agent may read, the latest first. */
const auditQuery = infiniteQueryOptions({
  queryKey: queryKeys.audit(),
  queryFn: ({ pageParam, signal }) => callRoute("listAudit", { query: { limit: 100, cursor: pageParam }, signal }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next ?? undefined,
});

/** What was done and refused, by whom and when. */
export function AuditPage() {
  useTitle(pages.audit.title);
  const list = useInfiniteQuery(auditQuery);
  const items = list.data?.pages.flatMap((page) => page.items);
  return (
    <>
      <PageHead title={pages.audit.title}>
        <Button as="a" href={routeAddress("downloadAudit")} download icon={<ArrowDownloadRegular />}>
          {words.csv}
        </Button>
      </PageHead>
      {list.isError && items === undefined ? (
        <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />
      ) : (
        <Sheet>
          {items?.length === 0 ? (
            <EmptyState title={words.empty} lead={words.emptyLead} />
          ) : (
            <DataTable
              label={pages.audit.title}
              columns={auditColumns}
              items={items}
              itemKey={({ id }) => String(id)}
            />
          )}
        </Sheet>
      )}
      <MoreButton list={list} />
    </>
  );
}
