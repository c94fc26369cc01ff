import { Button } from "@fluentui/react-components";
import { ArrowDownloadRegular } from "@fluentui/react-icons/svg/arrow-download";
import { PlayFilled } from "@fluentui/react-icons/svg/play";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Bundle } from "../../contract/bundle.ts";
import { routeAddress } from "../../contract/route-address.ts";
import { callRoute } from "../client/call-route.ts";
import { problemOf } from "../client/request-failed.ts";
import { useAct } from "../client/use-act.ts";
import { CommandButton } from "../kit/CommandButton.tsx";
import { ConfirmDialog } from "../kit/ConfirmDialog.tsx";
import { say } from "../kit/toasts.ts";
import { showBundle } from "./bundle-queries.ts";
import { bundleTexts } from "./bundle-texts.ts";

const words = bundleTexts.confirm;

const onError = (error: Error) => say({ tone: "bad", text: problemOf(error).detail });

/** What can be done with a file for many customers: start all batches that are ready, and take the results away. */
export function BundleActs({ bundle }: { bundle: Bundle }) {
  const { id: bundleId, no, toConfirm, states, totals, refused } = bundle;
  const { paused = 0 } = states;
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const ready = states.ready ?? 0;
  const apply = async (confirm?: number) =>
    await showBundle(client, await callRoute("applyBundle", { params: { bundleId }, body: { confirm } }));
  const start = useAct({ mutationFn: async () => await apply(), onError });
  const resume = useAct({
    mutationFn: async () => await showBundle(client, await callRoute("resumeBundle", { params: { bundleId } })),
    onError,
  });
  return (
    <>
      <CommandButton
        appearance={ready > 0 ? "primary" : "secondary"}
        command={{
          key: "start",
          label: bundleTexts.start(ready),
          icon: <PlayFilled />,
          reason: ready > 0 ? null : bundleTexts.nothingReady,
          onUse: () => (toConfirm > 0 ? setAsking(true) : start.mutate()),
        }}
      />
      {paused > 0 && (
        <Button icon={<PlayFilled />} onClick={() => resume.mutate()}>
          {bundleTexts.resume(paused)}
        </Button>
      )}
      <Button
        as="a"
        icon={<ArrowDownloadRegular />}
        href={routeAddress("downloadBundleResults", { params: { bundleId } })}
        download
      >
        {bundleTexts.results}
      </Button>
      {totals.failed + totals.partial + refused > 0 && (
        <Button
          as="a"
          icon={<ArrowDownloadRegular />}
          href={routeAddress("downloadBundleFailed", { params: { bundleId } })}
          download
        >
          {bundleTexts.failed}
        </Button>
      )}
      {asking && (
        <ConfirmDialog
          title={words.title(no)}
          submit={words.submit}
          confirmed={{ count: toConfirm, always: true }}
          act={async () => await apply(toConfirm)}
          onClose={() => setAsking(false)}
        >
          <p>{words.lead(toConfirm)}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
