import { MenuItem } from "@fluentui/react-components";
import { lazy, type ReactNode, Suspense, useState } from "react";
import type { Batch } from "../../contract/batch.ts";
import { callRoute } from "../client/call-route.ts";
import { saveDownload } from "../client/save-download.ts";
import { useAct } from "../client/use-act.ts";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { useAuthority } from "../kit/use-authority.ts";
import type { RowListFilter } from "./batch-queries.ts";
import { batchTexts } from "./batch-texts.ts";
import { batchWorkTexts } from "./batch-work-texts.ts";
import styles from "./BatchActs.module.css";
import { GreyedItem } from "./GreyedItem.tsx";

const LinksDialog = lazy(async () => ({ default: (await import("./LinksDialog.tsx")).LinksDialog }));

const words = batchTexts.batch;
const more = batchWorkTexts.downloads;

/**
 * What a menu offers of the temporary passwords of the rows that a filter shows, or of all rows: a file of them, and one-time
 * links. `beside` stands outside of the menu: the dialog about the links, and what went wrong. `passwords` is the file alone,
 * null where there is none now.
 */
export function useHandOff(
  batch: Batch,
  filter: RowListFilter = {},
): { items: ReactNode; beside: ReactNode; passwords: { isPending: boolean; mutate: () => void } | null } {
  const { id: batchId, no } = batch;
  const [linking, setLinking] = useState(false);
  const reason = useSecretsReason(batch);
  const passwords = useAct({
    mutationFn: () => callRoute("downloadPasswords", { params: { batchId }, body: filter }),
    onSuccess: (csv) => saveDownload(csv, `batch-${no}-passwords.csv`),
  });
  return {
    passwords: reason === null ? passwords : null,
    items:
      reason === null ? (
        <>
          <MenuItem onClick={() => passwords.mutate()}>{words.passwords}</MenuItem>
          <MenuItem onClick={() => setLinking(true)}>{more.links}</MenuItem>
        </>
      ) : (
        <>
          <GreyedItem label={words.passwords} reason={reason} />
          <GreyedItem label={more.links} reason={reason} />
        </>
      ),
    beside: (
      <>
        {passwords.isError && (
          <div className={styles.problem}>
            <ProblemNotice error={passwords.error} />
          </div>
        )}
        {linking && (
          <Suspense>
            <LinksDialog batch={batch} filter={filter} onClose={() => setLinking(false)} />
          </Suspense>
        )}
      </>
    ),
  };
}

/** Why a batch gives no passwords and links now, or null where it may. */
function useSecretsReason({ customerId, operation, startedAt, totals }: Batch): string | null {
  const { reason } = useAuthority(customerId);
  if (operation !== "createUsers" && operation !== "resetPasswords") return more.noPasswords;
  if (startedAt === null) return more.notStarted;
  if (totals.succeeded + totals.partial === 0) return more.notRun;
  return reason(operation);
}
