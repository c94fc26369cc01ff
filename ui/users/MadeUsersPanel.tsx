import { Button } from "@fluentui/react-components";
import { BrakeNotice } from "../batches/BrakeNotice.tsx";
import { personName } from "../batches/person-name.ts";
import { useQueries, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Row } from "../../contract/batch.ts";
import { pages } from "../../contract/pages.ts";
import { batchQuery, refreshBatch } from "../batches/batch-queries.ts";
import { RowStatus } from "../batches/Status.tsx";
import { callRoute } from "../client/call-route.ts";
import { queryKeys } from "../client/query-keys.ts";
import { useAct } from "../client/use-act.ts";
import { useProductsRefresh } from "../customers/use-products-refresh.ts";
import { LinkButton } from "../kit/LinkButton.tsx";
import { Loading } from "../kit/Loading.tsx";
import { OutcomeList } from "../kit/OutcomeList.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { SidePanel } from "../kit/SidePanel.tsx";
import { texts } from "../kit/texts.ts";
import { outcomeReason } from "./outcome-reason.ts";
import { NewPasswords } from "./NewPasswords.tsx";
import type { RunningBatch } from "./new-users.ts";
import { shortSkuIds } from "./short-sku-ids.ts";
import { ShortSeats } from "./ShortSeats.tsx";
import { userFormTexts } from "./user-form-texts.ts";
import { placedRefusal, type FormRefusal } from "./user-form.ts";

const words = userFormTexts.addUser;
const mostRows = 500;

/**
 * What became of several users who were made together, as it happens: their passwords, those who are unfinished, to be
 * retried, and those who failed, to be mended in the form. `onEnded` is told of the failed ones once all has ended.
 */
export function MadeUsersPanel({
  customerId,
  running,
  earlier,
  onEnded,
  onMend,
  onAnother,
  onClose,
}: {
  customerId: string;
  running: RunningBatch[];
  /** Batches that made others of the same form before. */
  earlier: string[];
  onEnded: (failed: number) => void;
  onMend: (refusals: Map<string, FormRefusal>) => void;
  onAnother: () => void;
  onClose: () => void;
}) {
  const client = useQueryClient();
  const refreshProducts = useProductsRefresh(customerId);
  const batches = useQueries({ queries: running.map(({ batchId }) => batchQuery(batchId)) });
  const pending = batches.reduce((sum, { data }) => sum + (data?.totals.pending ?? 1), 0);
  const rows = useQueries({ queries: running.map(({ batchId }) => madeRowsQuery(batchId, pending)) });
  const all = running.reduce((sum, { keys }) => sum + keys.length, 0);
  const outcomes = running.flatMap(({ batchId, keys }, at) =>
    (rows[at]?.data?.items ?? []).map((row) => ({ row, batchId, key: keys[row.rowNo - 1] ?? "" })),
  );
  const ended = pending === 0 && outcomes.length === all;
  // A retry of the unfinished takes nothing away that is shown, and shows no password twice.
  const [wasEnded, setWasEnded] = useState(false);
  if (ended && !wasEnded) setWasEnded(true);
  const madeBy = (batchId: string) => outcomes.some((one) => one.batchId === batchId && one.row.state !== "failed");
  const failed = outcomes.filter(({ row }) => row.state === "failed");
  const partial = outcomes.filter(({ row }) => row.state === "partial");
  const good = outcomes.filter(({ row }) => row.state === "succeeded" || row.state === "unchanged").length;
  useEffect(() => {
    void client.invalidateQueries({ queryKey: queryKeys.users(customerId) });
    void client.invalidateQueries({ queryKey: queryKeys.nameCheck(customerId) });
    void refreshProducts();
    if (ended) onEnded(failed.length);
    // The lists move when rows end, and at no other time.
  }, [client, customerId, pending, ended]);
  const retry = useAct({
    mutationFn: async () => {
      for (const { batchId } of running) {
        const rowNos = partial.filter((one) => one.batchId === batchId).map(({ row }) => row.rowNo);
        if (rowNos.length > 0) await callRoute("retryBatch", { params: { batchId }, body: { rowNos } });
      }
    },
    onSettled: () => Promise.all(running.map(({ batchId }) => refreshBatch(client, batchId))),
  });
  const mend = () =>
    onMend(
      new Map(
        failed.map(({ key, row: { field, code, message } }) => [
          key,
          placedRefusal({ field, code: code ?? "", message: outcomeReason(message) ?? "" }),
        ]),
      ),
    );
  return (
    <SidePanel
      wide
      title={ended ? words.madeMany(good + partial.length, all) : words.underWay}
      onClose={onClose}
      end={
        <>
          {ended && failed.length > 0 ? (
            <Button appearance="primary" onClick={mend}>
              {words.mendFailed(failed.length)}
            </Button>
          ) : (
            <Button appearance="primary" onClick={onAnother} disabledFocusable={!ended}>
              {words.more}
            </Button>
          )}
          <Button onClick={onClose}>{words.back}</Button>
          {running.map(({ batchId }) => (
            <LinkButton key={batchId} to={pages.batch.path} params={{ batchId }} appearance="subtle">
              {words.batch}
            </LinkButton>
          ))}
        </>
      }
    >
      {[...batches, ...rows, retry].map(
        ({ error }, at) => error !== null && <ProblemNotice key={`${at}`} error={error} />,
      )}
      {batches.map(({ data }) => data !== undefined && <BrakeNotice key={data.id} batch={data} />)}
      {wasEnded &&
        running.map(({ batchId }) => madeBy(batchId) && <NewPasswords key={batchId} batchId={batchId} atOnce />)}
      {ended && earlier.length > 0 && (
        <>
          <p>{words.earlier}</p>
          {earlier.map((batchId) => (
            <NewPasswords key={batchId} batchId={batchId} />
          ))}
        </>
      )}
      {partial.some(({ row }) => row.code === "seat_shortage") &&
        batches.map(
          ({ data }) =>
            data !== undefined && <ShortSeats key={data.id} customerId={customerId} skuIds={shortSkuIds(data)} />,
        )}
      {ended && partial.length > 0 && (
        <Button disabledFocusable={retry.isPending} onClick={() => retry.mutate()}>
          {words.retryPartial(partial.length)}
        </Button>
      )}
      {outcomes.length === 0 ? (
        <Loading />
      ) : (
        <OutcomeList
          label={words.outcomes}
          total={all}
          failed={0}
          outcomes={outcomes.map(({ row, key }) => ({
            key,
            name: nameOf(row),
            beside: row.person.userPrincipalName,
            status: <RowStatus state={row.state} />,
            reason: outcomeReason(row.message),
          }))}
        />
      )}
    </SidePanel>
  );
}

function nameOf({ person, rowNo }: Row): string {
  return personName(person) ?? texts.errors.row(rowNo);
}

/** The rows of a small batch, read anew each time that some of them have ended. */
function madeRowsQuery(batchId: string, pending: number) {
  return {
    queryKey: [...queryKeys.rows(batchId), "made", pending],
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      callRoute("listRows", { params: { batchId }, query: { limit: mostRows }, signal }),
  };
}
