import { MessageBar, MessageBarBody, MessageBarTitle } from "@fluentui/react-components";
import { useIsAway } from "../client/reach.ts";
import { texts } from "../kit/texts.ts";
import styles from "./AwayNotice.module.css";
import { frameTexts } from "./frame-texts.ts";

/** Says on every page that the server does not answer, for as long as that is so. */
export function AwayNotice() {
  const away = useIsAway();
  if (!away) return null;
  return (
    <div className={styles.notice}>
      <MessageBar intent="warning" layout="multiline" politeness="assertive">
        <MessageBarBody>
          <MessageBarTitle>{texts.errors.unreachable}</MessageBarTitle> {frameTexts.away}
        </MessageBarBody>
      </MessageBar>
    </div>
  );
}
