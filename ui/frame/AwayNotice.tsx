import { MessageBar, MessageBarBody, MessageBarTitle } from "@fluentui/react-components";
import { useEffect } from "react";
import { noteReached, useIsAway } from "../client/reach.ts";
import { texts } from "../kit/texts.ts";
import styles from "./AwayNotice.module.css";
import { frameTexts } from "./frame-texts.ts";

/** Says on every page that the server does not answer, for as long as that is so. */
export function AwayNotice() {
  const away = useIsAway();
  useEffect(() => {
    // Without a network nothing is asked any more, so that nothing would fail and say so.
    const left = () => noteReached(false);
    const back = () => noteReached(true);
    window.addEventListener("offline", left);
    window.addEventListener("online", back);
    return () => {
      window.removeEventListener("offline", left);
      window.removeEventListener("online", back);
    };
  }, []);
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
