import { Button, MessageBar, MessageBarBody } from "@fluentui/react-components";
import { CheckmarkCircleFilled } from "@fluentui/react-icons/svg/checkmark-circle";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { pages } from "../../contract/pages.ts";
import { batchQuery, refreshBatch } from "../batches/batch-queries.ts";
import { callRoute } from "../client/call-route.ts";
import { useAct } from "../client/use-act.ts";
import { CopyButton } from "../kit/CopyButton.tsx";
import { LinkButton } from "../kit/LinkButton.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { SidePanel } from "../kit/SidePanel.tsx";
import { texts } from "../kit/texts.ts";
import styles from "./MadeUserPanel.module.css";
import type { MadeUser } from "./make-users.ts";
import { NewPasswords } from "./NewPasswords.tsx";
import { shortSkuIds } from "./short-sku-ids.ts";
import { ShortSeats } from "./ShortSeats.tsx";
import { PasswordLink } from "./PasswordLink.tsx";
import { userFormTexts } from "./user-form-texts.ts";

const words = userFormTexts.addUser;

/** The user that was just made, with the temporary password of the answer to hand out. */
export function MadeUserPanel({
  customerId,
  made: { user, batchId, warnings, temporaryPassword },
  restored,
  earlier,
  onAnother,
  onClose,
}: {
  customerId: string;
  made: MadeUser;
  /** Whether a deleted user came back instead. */
  restored: boolean;
  /** Batches that made others of the same form before. */
  earlier: string[];
  onAnother: () => void;
  onClose: () => void;
}) {
  const late = restored ? words.ownPassword : words.passwordElsewhere;
  return (
    <SidePanel
      wide
      title={restored ? words.restoredTitle(user.displayName) : words.madeTitle(user.displayName)}
      onClose={onClose}
      end={
        <>
          <Button appearance="primary" onClick={onAnother}>
            {words.more}
          </Button>
          <Button onClick={onClose}>{words.back}</Button>
          <LinkButton to={pages.batch.path} params={{ batchId }} appearance="subtle">
            {words.batch}
          </LinkButton>
        </>
      }
    >
      <div className={styles.panel} role="status">
        <span className={styles.good}>
          <CheckmarkCircleFilled fontSize={28} />
        </span>
        {warnings.length > 0 && <Unfinished batchId={batchId} warnings={warnings} />}
        <dl className={styles.facts}>
          <dt>{userFormTexts.userForm.username}</dt>
          <dd>{user.userPrincipalName}</dd>
          {temporaryPassword !== null && (
            <>
              <dt>{words.passwordTitle}</dt>
              <dd className={styles.password}>
                <code>{temporaryPassword}</code>
                <CopyButton text={temporaryPassword} />
              </dd>
            </>
          )}
        </dl>
        <p className={styles.quiet}>{temporaryPassword === null ? late : words.passwordLead}</p>
        {temporaryPassword !== null && <PasswordLink user={user} />}
        <div className={styles.acts}>
          <LinkButton to={pages.users.path} params={{ customerId }} search={{ user: user.id }}>
            {words.open}
          </LinkButton>
        </div>
        {earlier.length > 0 && <p className={styles.quiet}>{words.earlier}</p>}
        {earlier.map((one) => (
          <NewPasswords key={one} batchId={one} />
        ))}
      </div>
    </SidePanel>
  );
}

/** What the user was made without, and a retry of it once it is mended. */
function Unfinished({ batchId, warnings }: Pick<MadeUser, "batchId" | "warnings">) {
  const client = useQueryClient();
  const batch = useQuery(batchQuery(batchId));
  const retry = useAct({
    mutationFn: () => callRoute("retryBatch", { params: { batchId }, body: {} }),
    onSettled: () => refreshBatch(client, batchId),
  });
  const totals = batch.data?.totals;
  if (totals !== undefined && totals.pending + totals.partial === 0) {
    return (
      <MessageBar intent="success">
        <MessageBarBody>{words.finished}</MessageBarBody>
      </MessageBar>
    );
  }
  return (
    <>
      {warnings.map(({ code, message }) => (
        <MessageBar key={code} intent="warning" layout="multiline">
          <MessageBarBody>{message}</MessageBarBody>
        </MessageBar>
      ))}
      {retry.isError && <ProblemNotice error={retry.error} />}
      <div className={styles.acts}>
        {batch.data !== undefined && <ShortSeats customerId={batch.data.customerId} skuIds={shortSkuIds(batch.data)} />}
        <Button disabledFocusable={retry.isPending || totals?.pending !== 0} onClick={() => retry.mutate()}>
          {texts.common.retry}
        </Button>
      </div>
    </>
  );
}
