import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { EmptyState } from "../kit/EmptyState.tsx";
import { DataTable } from "../kit/DataTable.tsx";
import { MoreButton } from "../kit/MoreButton.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { Sheet } from "../kit/Section.tsx";
import { type GrantListFilter, grantsQuery } from "./agent-queries.ts";
import { agentTexts } from "./agent-texts.ts";
import { EndGrantDialog } from "./EndGrantDialog.tsx";
import { ExtendGrantDialog } from "./ExtendGrantDialog.tsx";
import { grantColumns, type ShownGrant } from "./grant-columns.tsx";
import { useOwnGrants } from "./use-own-grants.ts";

const words = agentTexts.grants;

/** Grants with their ends, each of which can be extended and ended. `customerName` where all are at one customer. */
export function GrantList({
  filter,
  customerName,
  withHolder = true,
  withCustomer = false,
  empty = { title: words.empty, lead: words.emptyLead },
}: {
  filter: GrantListFilter;
  customerName?: string;
  withHolder?: boolean;
  withCustomer?: boolean;
  empty?: { title: string; lead: string };
}) {
  const list = useInfiniteQuery(grantsQuery(filter));
  const isOwn = useOwnGrants();
  const [asking, setAsking] = useState<{ act: "extend" | "end"; grant: ShownGrant } | null>(null);
  const items = list.data?.pages.flatMap((page): ShownGrant[] => page.items);
  if (list.isError && items === undefined) {
    return <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />;
  }
  const close = () => setAsking(null);
  const columns = grantColumns({
    withHolder,
    withCustomer,
    reasonOf: (grant) => (isOwn(grant) ? words.ownReason : null),
    onExtend: (grant) => setAsking({ act: "extend", grant }),
    onEnd: (grant) => setAsking({ act: "end", grant }),
  });
  return (
    <>
      <Sheet>
        {items?.length === 0 ? (
          <EmptyState heading="h3" title={empty.title} lead={empty.lead} />
        ) : (
          <DataTable label={words.title} columns={columns} items={items} itemKey={({ id }) => id} />
        )}
      </Sheet>
      <MoreButton list={list} />
      {asking?.act === "extend" && <ExtendGrantDialog grant={asking.grant} onClose={close} />}
      {asking?.act === "end" && (
        <EndGrantDialog
          grant={asking.grant}
          customerName={asking.grant.customerName ?? customerName ?? ""}
          onClose={close}
        />
      )}
    </>
  );
}
