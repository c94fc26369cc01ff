import { Button } from "@fluentui/react-components";
import { ArrowDownloadRegular } from "@fluentui/react-icons/svg/arrow-download";
import { LinkRegular } from "@fluentui/react-icons/svg/link";
import { PrintRegular } from "@fluentui/react-icons/svg/print";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useState } from "react";
import type { ShownPassword } from "../../contract/routes/hand-off-routes.ts";
import { batchQuery } from "../batches/batch-queries.ts";
import { callRoute } from "../client/call-route.ts";
import { printTable } from "../client/print-table.ts";
import { saveDownload } from "../client/save-download.ts";
import { useAct } from "../client/use-act.ts";
import { CopyButton } from "../kit/CopyButton.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import styles from "./NewPasswords.module.css";
import { userTexts } from "./user-texts.ts";

const LinksDialog = lazy(async () => ({ default: (await import("../batches/LinksDialog.tsx")).LinksDialog }));

const words = userTexts.passwords;
const most = 500;

/**
 * Ways to hand out the temporary passwords of a batch: to show, copy and print them, as a file, or as one-time links. That
 * they were shown, downloaded or linked goes into the audit.
 */
export function NewPasswords({
  batchId,
  atOnce = false,
}: {
  batchId: string;
  /** Whether they are shown without a click, because they have just been asked for. */
  atOnce?: boolean;
}) {
  const batch = useQuery(batchQuery(batchId));
  const [linking, setLinking] = useState(false);
  const shown = useAct({
    mutationFn: () => callRoute("showPasswords", { params: { batchId }, body: { limit: most } }),
  });
  useEffect(() => {
    if (atOnce) shown.mutate();
  }, []);
  const file = useAct({
    mutationFn: () => callRoute("downloadPasswords", { params: { batchId } }),
    onSuccess: (csv) => saveDownload(csv, `batch-${batch.data?.no ?? ""}-passwords.csv`),
  });
  return (
    <section className={styles.part} aria-label={words.title}>
      {[shown.error, file.error].map((error) => error !== null && <ProblemNotice key={error.message} error={error} />)}
      <div className={styles.acts}>
        {shown.data === undefined && (
          <Button appearance="primary" disabledFocusable={shown.isPending} onClick={() => shown.mutate()}>
            {words.show}
          </Button>
        )}
        {shown.data !== undefined && <ShownActs passwords={shown.data.items} />}
        <Button icon={<ArrowDownloadRegular />} disabledFocusable={file.isPending} onClick={() => file.mutate()}>
          {words.download}
        </Button>
        <Button icon={<LinkRegular />} disabledFocusable={batch.data === undefined} onClick={() => setLinking(true)}>
          {words.links}
        </Button>
      </div>
      {shown.data !== undefined && <ShownList passwords={shown.data.items} more={shown.data.next !== null} />}
      {linking && batch.data !== undefined && (
        <Suspense>
          <LinksDialog batch={batch.data} onClose={() => setLinking(false)} />
        </Suspense>
      )}
    </section>
  );
}

function ShownActs({ passwords }: { passwords: ShownPassword[] }) {
  const lines = passwords.map(
    ({ userPrincipalName, temporaryPassword }) => `${userPrincipalName}\t${temporaryPassword}`,
  );
  return (
    <>
      <CopyButton text={lines.join("\n")} />
      <Button
        icon={<PrintRegular />}
        onClick={() =>
          printTable(
            words.title,
            [words.name, words.username, words.password],
            passwords.map((one) => [one.displayName, one.userPrincipalName, one.temporaryPassword]),
          )
        }
      >
        {words.print}
      </Button>
    </>
  );
}

function ShownList({ passwords, more }: { passwords: ShownPassword[]; more: boolean }) {
  return (
    <>
      <dl className={styles.list}>
        {passwords.map(({ rowNo, displayName, userPrincipalName, temporaryPassword }) => (
          <div key={rowNo}>
            <dt>
              {displayName}
              <div className={styles.username}>{userPrincipalName}</div>
            </dt>
            <dd>
              <code>{temporaryPassword}</code>
              <CopyButton text={temporaryPassword} />
            </dd>
          </div>
        ))}
      </dl>
      {more && <p>{words.more(most)}</p>}
    </>
  );
}
