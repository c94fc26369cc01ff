import { Button, MessageBar, MessageBarBody } from "@fluentui/react-components";
import { CheckmarkCircleFilled } from "@fluentui/react-icons/svg/checkmark-circle";
import { pages } from "../../contract/pages.ts";
import { CopyButton } from "../kit/CopyButton.tsx";
import { LinkButton } from "../kit/LinkButton.tsx";
import { SidePanel } from "../kit/SidePanel.tsx";
import styles from "./MadeUserPanel.module.css";
import type { MadeUser } from "./make-users.ts";
import { userFormTexts } from "./user-form-texts.ts";

const words = userFormTexts.addUser;

/** The user that was just made, with the temporary password of the answer to hand out. */
export function MadeUserPanel({
  customerId,
  made: { user, batchId, warnings, temporaryPassword },
  restored,
  onAnother,
  onClose,
}: {
  customerId: string;
  made: MadeUser;
  /** Whether a deleted user came back instead. */
  restored: boolean;
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
        {warnings.map(({ code, message }) => (
          <MessageBar key={code} intent="warning" layout="multiline">
            <MessageBarBody>{message}</MessageBarBody>
          </MessageBar>
        ))}
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
        <div className={styles.acts}>
          <LinkButton to={pages.users.path} params={{ customerId }} search={{ user: user.id }}>
            {words.open}
          </LinkButton>
        </div>
      </div>
    </SidePanel>
  );
}
