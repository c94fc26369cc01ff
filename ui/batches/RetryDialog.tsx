import { MessageBar, MessageBarBody, MessageBarTitle, Spinner } from "@fluentui/react-components";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { RetrySelection } from "../../contract/batch.ts";
import { pageAddress, pages } from "../../contract/pages.ts";
import type { RetryPreview } from "../../contract/retry-preview.ts";
import { callRoute } from "../client/call-route.ts";
import { queryKeys } from "../client/query-keys.ts";
import { problemOf } from "../client/request-failed.ts";
import { ConfirmDialog } from "../kit/ConfirmDialog.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { say } from "../kit/toasts.ts";
import { refreshBatch } from "./batch-queries.ts";
import { batchWorkTexts } from "./batch-work-texts.ts";
import { brakeTexts } from "./brake-texts.ts";
import { mostBatches } from "./read-all-batches.ts";
import { asksFirst, goingOf, sumPreviews, toConfirm } from "./retry-sum.ts";
import styles from "./RetryDialog.module.css";

const words = batchWorkTexts.retry;
const atOnce = 4;

/** Rows of a batch that are to be retried. */
export type RetryTarget = { batchId: string; selection: RetrySelection };

type Looked = RetryTarget & { preview: RetryPreview | null; refusal: string | null };

function hasRows(looked: Looked): looked is Looked & { preview: RetryPreview } {
  return looked.preview !== null && looked.preview.rows > 0;
}

/**
 * Says what a retry would do before it does it: how many rows can go on and at which step, how many would stay as they
 * are and why; the number of the users whom it hits has to be typed where it needs that. `what` names the targets, so that the same ones are not looked at twice.
 */
export function RetryDialog({
  title,
  what,
  targets,
  onClose,
}: {
  title: string;
  what: unknown;
  targets: () => Promise<RetryTarget[]>;
  onClose: () => void;
}) {
  const client = useQueryClient();
  const looked = useQuery({
    queryKey: queryKeys.retryPreview(JSON.stringify(what)),
    queryFn: async () => await lookAt(await targets()),
    gcTime: 0,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
  const found = (looked.data ?? []).filter(hasRows);
  const going = found.filter(({ preview }) => goingOf(preview) > 0);
  const asking = going.filter(({ preview }) => asksFirst(preview));
  const begun = going.filter(({ preview }) => !asksFirst(preview));
  const named = begun.filter(({ preview }) => toConfirm(preview) > 0);
  const users = named.reduce((amount, { preview }) => amount + toConfirm(preview), 0);
  const sum = sumPreviews(found.map(({ preview }) => preview));
  const refusals = (looked.data ?? []).flatMap(({ refusal }) => refusal ?? []);
  const blocked = looked.data === undefined ? words.looking : sum.rows === 0 ? words.nothing : words.blocked;

  const retry = async () => {
    for (const { batchId, selection, preview } of going) {
      const body = { ...selection, ...(toConfirm(preview) > 0 && { confirm: toConfirm(preview) }) };
      await callRoute("retryBatch", { params: { batchId }, body });
      await refreshBatch(client, batchId);
    }
    void client.invalidateQueries({ queryKey: queryKeys.overview() });
    const [only] = going;
    const rows = begun.reduce((amount, { preview }) => amount + goingOf(preview), 0);
    say({
      tone: "busy",
      text: [
        ...(begun.length === 0 ? [] : [words.begun(rows, begun.length)]),
        ...(asking.length === 0 ? [] : [words.asked(asking.length)]),
      ].join(" "),
      link:
        going.length === 1 && only !== undefined
          ? { label: words.open, to: pageAddress("batch", { batchId: only.batchId }) }
          : { label: words.openAll, to: pages.batches.path },
    });
  };

  return (
    <ConfirmDialog
      title={title}
      submit={sum.going === 0 ? words.submitNone : begun.length === 0 ? brakeTexts.ask : words.submit(sum.going)}
      confirmed={{ count: users, always: users > 0 }}
      blocked={sum.going > 0 ? null : blocked}
      act={retry}
      onClose={onClose}
    >
      {looked.isError ? (
        <ProblemNotice error={looked.error} onRetry={() => void looked.refetch()} />
      ) : looked.data === undefined ? (
        <Spinner label={words.looking} />
      ) : (
        <div className={styles.found} role="status">
          <p>{sum.rows === 0 ? words.nothing : words.found(sum.rows, found.length)}</p>
          <ul>
            {sum.goOn.map(({ step, rows }) => (
              <li key={step} data-tone="good">
                {words.goOn(rows, step)}
              </li>
            ))}
            {sum.stay.map(({ code, title: cause, rows }) => (
              <li key={code} data-tone="bad" data-code={code}>
                {words.stay(rows, cause)}
              </li>
            ))}
          </ul>
          {asking.length > 0 && (
            <MessageBar intent="warning" layout="multiline">
              <MessageBarBody>
                <MessageBarTitle>{brakeTexts.needed.title}</MessageBarTitle>{" "}
                {going.length > 1 && words.asks(asking.length)}{" "}
                {[...new Set(asking.map(({ preview }) => preview.brake.why))].join(" ")} {brakeTexts.needed.lead}
              </MessageBarBody>
            </MessageBar>
          )}
          {named.length > 0 && (
            <p>
              {[...new Set(named.map(({ preview }) => preview.brake.why))].join(" ")} {brakeTexts.confirm.lead}
            </p>
          )}
          {sum.rows > 0 && sum.going === 0 && <p>{words.blocked}</p>}
          {refusals.length > 0 && (
            <p>
              {words.refused(refusals.length)} {[...new Set(refusals)].join(" ")}
            </p>
          )}
          {looked.data.length === mostBatches && <p>{words.most(mostBatches)}</p>}
        </div>
      )}
    </ConfirmDialog>
  );
}

/** Asks for each target what its retry would do, a few at once; one that is refused does not spoil the others. */
async function lookAt(targets: readonly RetryTarget[]): Promise<Looked[]> {
  const looked: Looked[] = [];
  for (let at = 0; at < targets.length; at += atOnce) {
    looked.push(...(await Promise.all(targets.slice(at, at + atOnce).map(lookAtOne))));
  }
  return looked;
}

async function lookAtOne(target: RetryTarget): Promise<Looked> {
  const { batchId, selection } = target;
  try {
    const preview = await callRoute("previewRetry", { params: { batchId }, body: selection });
    return { ...target, preview, refusal: null };
  } catch (error) {
    const { status, detail, title } = problemOf(error);
    if (status !== 403 && status !== 409) throw error;
    return { ...target, preview: null, refusal: detail === "" ? title : (detail ?? title) };
  }
}
