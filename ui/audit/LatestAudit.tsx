import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { pages } from "../../contract/pages.ts";
import { DataTable } from "../kit/DataTable.tsx";
import { EmptyState } from "../kit/EmptyState.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { Section, Sheet } from "../kit/Section.tsx";
import { auditColumns } from "./audit-columns.tsx";
import { auditQuery } from "./audit-queries.ts";
import { auditTexts } from "./audit-texts.ts";

const words = auditTexts.audit;
const fewRecords = 10;

/** The latest records of one agent, and the way to all of them. */
export function LatestAudit({ title, allLabel, agentId }: { title: string; allLabel: string; agentId: string }) {
  const list = useInfiniteQuery(auditQuery({ agentId }, fewRecords));
  const items = list.data?.pages[0]?.items;
  return (
    <Section
      title={title}
      acts={
        <Link to={pages.audit.path} search={{ agent: agentId }}>
          {allLabel}
        </Link>
      }
    >
      {list.isError ? (
        <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />
      ) : (
        <Sheet>
          {items?.length === 0 ? (
            <EmptyState heading="h3" title={words.empty} lead={words.emptyLead} />
          ) : (
            <DataTable label={title} columns={auditColumns()} items={items} itemKey={({ id }) => String(id)} />
          )}
        </Sheet>
      )}
    </Section>
  );
}
