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
import { ArrowDownloadRegular } from "@fluentui/react-icons/svg/arrow-download";
import { lazy, Suspense, useState } from "react";
import type { Batch } from "../../contract/batch.ts";
import { operations } from "../../contract/operations.ts";
import { routeAddress } from "../../contract/route-address.ts";
import { callRoute } from "../client/call-route.ts";
import { saveDownload } from "../client/save-download.ts";
import { useAct } from "../client/use-act.ts";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { useAuthority } from "../kit/use-authority.ts";
import { useIsNarrow } from "../kit/use-is-narrow.ts";
import { batchTexts } from "./batch-texts.ts";
import { batchWorkTexts } from "./batch-work-texts.ts";
import styles from "./BatchActs.module.css";

const LinksDialog = lazy(async () => ({ default: (await import("./LinksDialog.tsx")).LinksDialog }));

const words = batchTexts.batch;
const more = batchWorkTexts.downloads;

/** The files that a batch gives; those that it cannot give now are greyed and say why. */
export function BatchDownloads({ batch }: { batch: Batch }) {
  const { id: batchId, no, state, totals, operation } = batch;
  const params = { batchId };
  const narrow = useIsNarrow();
  const [linking, setLinking] = useState(false);
  const noSecrets = useSecretsReason(batch);
  const passwords = useAct({
    mutationFn: () => callRoute("downloadPasswords", { params }),
    onSuccess: (csv) => saveDownload(csv, `batch-${no}-passwords.csv`),
  });
  if (state === "staging" || totals.rows === 0) return null;
  return (
    <>
      {noSecrets === null && !narrow && (
        <Button
          icon={<ArrowDownloadRegular />}
          disabledFocusable={passwords.isPending}
          onClick={() => passwords.mutate()}
        >
          {words.passwords}
        </Button>
      )}
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
            {totals.failed + totals.partial > 0 ? (
              <MenuItemLink href={routeAddress("downloadFailed", { params })} download>
                {words.failed}
              </MenuItemLink>
            ) : (
              <Greyed label={words.failed} reason={more.noFailures} />
            )}
            {noSecrets === null ? (
              <>
                <MenuItem onClick={() => passwords.mutate()}>{words.passwords}</MenuItem>
                <MenuItem onClick={() => setLinking(true)}>{more.links}</MenuItem>
              </>
            ) : (
              <>
                <Greyed label={words.passwords} reason={noSecrets} />
                <Greyed label={more.links} reason={noSecrets} />
              </>
            )}
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
      {linking && (
        <Suspense>
          <LinksDialog batch={batch} onClose={() => setLinking(false)} />
        </Suspense>
      )}
    </>
  );
}

function Greyed({ label, reason }: { label: string; reason: string }) {
  return (
    <MenuItem disabled>
      {label}
      <span className={styles.reason}>{reason}</span>
    </MenuItem>
  );
}

/** Why a batch gives no passwords and links now, or null where it may. */
function useSecretsReason({ customerId, operation, startedAt, totals }: Batch): string | null {
  const { reason } = useAuthority(customerId);
  if (operation !== "createUsers" && operation !== "resetPasswords") return more.noPasswords;
  if (startedAt === null) return more.notStarted;
  if (totals.succeeded + totals.partial === 0) return more.notRun;
  return reason(operation);
}
