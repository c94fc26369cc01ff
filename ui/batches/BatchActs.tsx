import {
  Button,
  Menu,
  MenuDivider,
  MenuItem,
  MenuItemLink,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from "@fluentui/react-components";
import { ArrowClockwiseRegular } from "@fluentui/react-icons/svg/arrow-clockwise";
import { ArrowDownloadRegular } from "@fluentui/react-icons/svg/arrow-download";
import { PauseRegular } from "@fluentui/react-icons/svg/pause";
import { PlayFilled } from "@fluentui/react-icons/svg/play";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Batch } from "../../contract/batch.ts";
import { operations } from "../../contract/operations.ts";
import { routeAddress } from "../../contract/route-address.ts";
import { callRoute } from "../client/call-route.ts";
import { refreshBatch } from "./batch-queries.ts";
import { problemOf } from "../client/request-failed.ts";
import { saveDownload } from "../client/save-download.ts";
import { batchTexts } from "./batch-texts.ts";
import { AskDialog } from "../kit/AskDialog.tsx";
import styles from "./BatchActs.module.css";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { useIsNarrow } from "../kit/use-is-narrow.ts";
import { queryKeys } from "../client/query-keys.ts";

const words = batchTexts.batch;

/** What can be done to a batch in the state that it is in, and the files that it gives; `saving` while changed cells are on their way. */
export function BatchActs({ batch, saving }: { batch: Batch; saving: boolean }) {
  const { id: batchId, state, planVersion, totals } = batch;
  const params = { batchId };
  const client = useQueryClient();
  const [cancelling, setCancelling] = useState(false);
  const act = useMutation({
    mutationFn: async (run: () => Promise<Batch>) => await run(),
    onSuccess: (now) => client.setQueryData(queryKeys.batch(batchId), now),
    onSettled: () => void refreshBatch(client, batchId),
  });
  const button = (label: string, run: () => Promise<Batch>, looks: object = {}) => (
    <Button disabledFocusable={act.isPending} {...looks} onClick={() => act.mutate(run)}>
      {label}
    </Button>
  );
  const open = state === "running" || state === "paused" || state === "scheduled" || state === "ready";
  return (
    <>
      {act.isError && (
        <div className={styles.problem}>
          <ProblemNotice
            error={act.error}
            {...(problemOf(act.error).code === "plan_changed" && { title: words.planChanged })}
          />
        </div>
      )}
      {open && (
        <Button appearance="subtle" onClick={() => setCancelling(true)}>
          {state === "ready" || state === "scheduled" ? words.cancelPlan : words.cancel}
        </Button>
      )}
      <Downloads batch={batch} />
      {state === "ready" &&
        button(
          saving ? batchTexts.cells.saving : totals.pending === 0 ? words.startNone : words.start(totals.pending),
          () =>
            callRoute("applyBatch", {
              params,
              body: {},
              // Only the plan that stands on this page is started.
              headers: { "if-match": `"${planVersion}"` },
            }),
          {
            ...(totals.pending > 0 && { appearance: "primary" }),
            icon: <PlayFilled />,
            ...(saving && { disabledFocusable: true }),
          },
        )}
      {state === "running" &&
        button(words.pause, () => callRoute("pauseBatch", { params }), { icon: <PauseRegular /> })}
      {state === "paused" &&
        button(words.resume, () => callRoute("resumeBatch", { params }), {
          appearance: "primary",
          icon: <PlayFilled />,
        })}
      {(state === "finished" || state === "cancelled") &&
        totals.failed + totals.partial > 0 &&
        button(words.retryAll, () => callRoute("retryBatch", { params, body: {} }), {
          appearance: "primary",
          icon: <ArrowClockwiseRegular />,
        })}
      {cancelling && (
        <AskDialog
          title={words.cancelTitle(batch.no)}
          submit={words.cancelConfirm}
          keep={words.cancelKeep}
          onClose={() => setCancelling(false)}
          act={async () => {
            client.setQueryData(queryKeys.batch(batchId), await callRoute("cancelBatch", { params }));
            await refreshBatch(client, batchId);
          }}
        >
          <p>{words.cancelLead(totals.pending)}</p>
        </AskDialog>
      )}
    </>
  );
}

function Downloads({ batch: { id: batchId, no, state, startedAt, totals, operation } }: { batch: Batch }) {
  const params = { batchId };
  const narrow = useIsNarrow();
  const passwords = useMutation({
    mutationFn: () => callRoute("downloadPasswords", { params }),
    onSuccess: (csv) => saveDownload(csv, `batch-${no}-passwords.csv`),
  });
  if (state === "staging" || state === "planning" || totals.rows === 0) return null;
  return (
    <>
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <Button icon={<ArrowDownloadRegular />} aria-label={words.downloads}>
            {narrow ? undefined : words.downloads}
          </Button>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItemLink href={routeAddress("downloadResults", { params })} download>
              {words.results}
            </MenuItemLink>
            {totals.failed + totals.partial > 0 && (
              <MenuItemLink href={routeAddress("downloadFailed", { params })} download>
                {words.failed}
              </MenuItemLink>
            )}
            {startedAt !== null && <MenuItem onClick={() => passwords.mutate()}>{words.passwords}</MenuItem>}
            <MenuDivider />
            <MenuItemLink href={`/queues/queue/${operations[operation].queue}`}>{words.queues}</MenuItemLink>
          </MenuList>
        </MenuPopover>
      </Menu>
      {passwords.isError && (
        <div className={styles.problem}>
          <ProblemNotice error={passwords.error} />
        </div>
      )}
    </>
  );
}
