import { Button, MessageBar, MessageBarBody } from "@fluentui/react-components";
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Batch } from "../../contract/batch.ts";
import { pages } from "../../contract/pages.ts";
import { BrakeNotice } from "../batches/BrakeNotice.tsx";
import { personName } from "../batches/person-name.ts";
import { batchQuery, rowsQuery } from "../batches/batch-queries.ts";
import { RowStatus } from "../batches/Status.tsx";
import { useRetry } from "../batches/use-retry.tsx";
import { queryKeys } from "../client/query-keys.ts";
import { useProductsRefresh } from "../customers/use-products-refresh.ts";
import { LinkButton } from "../kit/LinkButton.tsx";
import { Loading } from "../kit/Loading.tsx";
import { OutcomeList } from "../kit/OutcomeList.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { SidePanel } from "../kit/SidePanel.tsx";
import { texts } from "../kit/texts.ts";
import { NewPasswords } from "./NewPasswords.tsx";
import { outcomeReason } from "./outcome-reason.ts";
import { shortSkuIds } from "./short-sku-ids.ts";
import { ShortSeats } from "./ShortSeats.tsx";
import { userTexts } from "./user-texts.ts";

const words = userTexts.outcome;

/** What became of each user of a batch, as it happens, with a retry of those that failed; after a reset the passwords too. */
export function UserActOutcome({
  customerId,
  title,
  passwords = false,
  batchId,
  onClose,
}: {
  customerId: string;
  title: string;
  /** Whether the batch makes temporary passwords. */
  passwords?: boolean;
  batchId: string;
  onClose: () => void;
}) {
  const client = useQueryClient();
  const refreshProducts = useProductsRefresh(customerId);
  const batch = useQuery(batchQuery(batchId));
  const rows = useInfiniteQuery(rowsQuery(batchId, {}));
  const totals = batch.data?.totals;
  const pending = totals?.pending ?? 1;
  useEffect(() => {
    void client.invalidateQueries({ queryKey: queryKeys.rows(batchId) });
    void client.invalidateQueries({ queryKey: queryKeys.users(customerId) });
    void client.invalidateQueries({ queryKey: queryKeys.user(customerId) });
    void refreshProducts();
    // The lists move when rows of the batch end, and at no other time.
  }, [client, batchId, customerId, pending]);
  const retry = useRetry(batchId);
  const outcomes = rows.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <SidePanel
      wide
      title={title}
      lead={totals === undefined ? undefined : words.lead(totals)}
      onClose={onClose}
      end={
        <>
          <Button appearance="primary" onClick={onClose}>
            {texts.common.close}
          </Button>
          <LinkButton to={pages.batch.path} params={{ batchId }} appearance="subtle">
            {words.batch}
          </LinkButton>
        </>
      }
    >
      {[batch.error, rows.error, retry.error].map(
        (error) => error !== null && <ProblemNotice key={error.message} error={error} />,
      )}
      {batch.data !== undefined && <Held batch={batch.data} />}
      {passwords && pending === 0 && (totals?.succeeded ?? 0) > 0 && <NewPasswords batchId={batchId} atOnce />}
      {rows.data === undefined ? (
        !rows.isError && <Loading />
      ) : (
        <OutcomeList
          label={words.list}
          total={totals?.rows}
          failed={pending === 0 && totals !== undefined ? totals.failed + totals.partial : 0}
          busy={retry.busy}
          onRetry={() => retry.run({})}
          remedies={
            batch.data !== undefined &&
            outcomes.some(({ code }) => code === "seat_shortage") && (
              <ShortSeats customerId={customerId} skuIds={shortSkuIds(batch.data)} />
            )
          }
          outcomes={outcomes.map(({ rowNo, person, state, message }) => ({
            key: String(rowNo),
            name: personName(person) ?? texts.errors.row(rowNo),
            beside: person.userPrincipalName,
            status: <RowStatus state={state} />,
            reason: outcomeReason(message),
          }))}
          more={{ has: rows.hasNextPage, loading: rows.isFetchingNextPage, load: () => void rows.fetchNextPage() }}
        />
      )}
      {retry.dialog}
    </SidePanel>
  );
}

/** Says why a plan has not started, and where that can be done. */
function Held({ batch }: { batch: Batch }) {
  if (batch.state !== "ready" || batch.brake.needs !== "confirmation") return <BrakeNotice batch={batch} />;
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        {batch.brake.why} {words.confirmOnPage}
      </MessageBarBody>
    </MessageBar>
  );
}
