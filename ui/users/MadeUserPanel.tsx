import { Button, MessageBar, MessageBarBody } from "@fluentui/react-components";
import { CheckmarkCircleFilled } from "@fluentui/react-icons/svg/checkmark-circle";
import { ClockRegular } from "@fluentui/react-icons/svg/clock";
import { pages } from "../../contract/pages.ts";
import type { MadeUser } from "./create-one-user.ts";
import { userTexts } from "./user-texts.ts";
import { CopyButton } from "../kit/CopyButton.tsx";
import { LinkButton } from "../kit/LinkButton.tsx";
import styles from "./MadeUserPanel.module.css";

const words = userTexts.newUser;

/** The user that was just made, with the temporary password to hand out. */
export function MadeUserPanel({
  customerId,
  made,
  onAnother,
}: {
  customerId: string;
  made: MadeUser;
  onAnother: () => void;
}) {
  return (
    <section className={styles.panel} role="status">
      <h2 className={styles.title}>
        <span className={made.kind === "made" ? styles.good : undefined}>
          {made.kind === "made" ? <CheckmarkCircleFilled /> : <ClockRegular />}
        </span>
        {made.kind === "made" ? words.madeTitle(made.user.displayName) : words.underWay}
      </h2>
      {made.kind === "underWay" ? (
        <p>{words.underWayLead}</p>
      ) : (
        <>
          {made.warnings.map(({ code, message }) => (
            <MessageBar key={code} intent="warning" layout="multiline">
              <MessageBarBody>{message}</MessageBarBody>
            </MessageBar>
          ))}
          <dl className={styles.facts}>
            <dt>{words.userName}</dt>
            <dd>{made.user.userPrincipalName}</dd>
            {made.temporaryPassword !== null && (
              <>
                <dt>{words.passwordTitle}</dt>
                <dd className={styles.password}>
                  <code>{made.temporaryPassword}</code>
                  <CopyButton text={made.temporaryPassword} />
                </dd>
              </>
            )}
          </dl>
          <p className={styles.quiet}>{made.temporaryPassword === null ? words.passwordGone : words.passwordLead}</p>
        </>
      )}
      <div className={styles.acts}>
        <Button appearance="primary" onClick={onAnother}>
          {words.another}
        </Button>
        <LinkButton to={pages.users.path} params={{ customerId }}>
          {words.back}
        </LinkButton>
        {made.batchId !== undefined && (
          <LinkButton to={pages.batch.path} params={{ batchId: made.batchId }} appearance="subtle">
            {words.batch}
          </LinkButton>
        )}
      </div>
    </section>
  );
}
