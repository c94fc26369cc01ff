import { Spinner } from "@fluentui/react-components";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { RetrySelection } from "../../contract/batch.ts";
import { pageAddress, pages } from "../../contract/pages.ts";
import type { RetryPreview } from "../../contract/retry-preview.ts";
import { callRoute } from "../client/call-route.ts";
import { queryKeys } from "../client/query-keys.ts";
import { problemOf } from "../client/request-failed.ts";
import { AskDialog } from "../kit/AskDialog.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { say } from "../kit/toasts.ts";
import { refreshBatch } from "./batch-queries.ts";
import { batchWorkTexts } from "./batch-work-texts.ts";
import { mostBatches } from "./read-all-batches.ts";
import { goingOf, sumPreviews } from "./retry-sum.ts";
import styles from "./RetryDialog.module.css";

const words = batchWorkTexts.retry;
const atOnce = 4;

/** Rows of a batch that are to be retried. */
export type RetryTarget = { batchId: string; selection: RetrySelection };

type Looked = RetryTarget & { preview: RetryPreview | null; refusal: string | null };

/**
 * Says what a retry would do before it does it: how many rows can go on and at which step, how many would stay as they
 * are and why. `what` names the targets, so that the same ones are not looked at twice.
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
  const found = (looked.data ?? []).filter(({ preview }) => preview !== null && preview.rows > 0);
  const sum = sumPreviews(found.flatMap(({ preview }) => preview ?? []));
  const refusals = (looked.data ?? []).flatMap(({ refusal }) => refusal ?? []);
  const blocked = looked.data === undefined ? words.looking : sum.rows === 0 ? words.nothing : words.blocked;

  const retry = async () => {
    const going = found.filter(({ preview }) => preview !== null && goingOf(preview) > 0);
    for (const { batchId, selection } of going) {
      await callRoute("retryBatch", { params: { batchId }, body: selection });
      await refreshBatch(client, batchId);
    }
    void client.invalidateQueries({ queryKey: queryKeys.overview() });
    const [only] = going;
    say({
      tone: "busy",
      text: words.begun(sum.going, going.length),
      link:
        going.length === 1 && only !== undefined
          ? { label: words.open, to: pageAddress("batch", { batchId: only.batchId }) }
          : { label: words.openAll, to: pages.batches.path },
    });
  };

  return (
    <AskDialog
      title={title}
      submit={sum.going > 0 ? words.submit(sum.going) : words.submitNone}
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
          {sum.rows > 0 && sum.going === 0 && <p>{words.blocked}</p>}
          {refusals.length > 0 && (
            <p>
              {words.refused(refusals.length)} {[...new Set(refusals)].join(" ")}
            </p>
          )}
          {looked.data.length === mostBatches && <p>{words.most(mostBatches)}</p>}
        </div>
      )}
    </AskDialog>
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
