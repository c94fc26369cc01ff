import { Button } from "@fluentui/react-components";
import { ArrowClockwiseRegular } from "@fluentui/react-icons/svg/arrow-clockwise";
import { ArrowDownloadRegular } from "@fluentui/react-icons/svg/arrow-download";
import { lazy, Suspense, useState } from "react";
import type { Batch, RetrySelection } from "../../contract/batch.ts";
import { routeAddress } from "../../contract/route-address.ts";
import { CommandButton } from "../kit/CommandButton.tsx";
import { useAuthority } from "../kit/use-authority.ts";
import type { RowListFilter } from "./batch-queries.ts";
import { batchWorkTexts } from "./batch-work-texts.ts";

const words = batchWorkTexts.rows;
const RetryDialog = lazy(async () => ({ default: (await import("./RetryDialog.tsx")).RetryDialog }));

/** What can be done with all rows that the filters of a batch show: they are downloaded, or retried where that can be. */
export function RowActs({ batch, filter }: { batch: Batch; filter: RowListFilter }) {
  const { id: batchId, customerId, operation } = batch;
  const [retrying, setRetrying] = useState(false);
  const { reason } = useAuthority(customerId);
  const selection = retryOf(filter);
  return (
    <>
      <Button
        as="a"
        appearance="subtle"
        icon={<ArrowDownloadRegular />}
        href={routeAddress("downloadResults", { params: { batchId }, query: filter })}
        download
      >
        {words.download}
      </Button>
      <CommandButton
        command={{
          key: "retry",
          label: words.retry,
          icon: <ArrowClockwiseRegular />,
          reason: reason(operation) ?? (selection === null ? words.noRetry : null),
          onUse: () => setRetrying(true),
        }}
      />
      {retrying && selection !== null && (
        <Suspense>
          <RetryDialog
            title={words.retry}
            what={[batchId, selection, batch.totals]}
            targets={async () => await Promise.resolve([{ batchId, selection }])}
            onClose={() => setRetrying(false)}
          />
        </Suspense>
      )}
    </>
  );
}

/** The rows of a filter that a retry can take up; null where there are none, because it shows rows that ended well or a part of a plan. */
function retryOf({ state, code, plan }: RowListFilter): RetrySelection | null {
  if (plan !== undefined) return null;
  if (state !== undefined && state !== "failed" && state !== "partial" && state !== "cancelled") return null;
  return { ...(state !== undefined && { state }), ...(code !== undefined && { codes: [code] }) };
}
