import { Button } from "@fluentui/react-components";
import { texts } from "./texts.ts";
import styles from "./SaveBar.module.css";

/** Stays at the lower edge of a form that is longer than the screen: saves what was changed, or undoes it. */
export function SaveBar({
  label,
  busyLabel,
  busy,
  changed,
  said,
  onSave,
  onUndo,
}: {
  label: string;
  busyLabel: string;
  busy: boolean;
  changed: boolean;
  said: string;
  onSave: () => void;
  onUndo: () => void;
}) {
  return (
    <div className={styles.bar}>
      <Button appearance="primary" disabledFocusable={!changed || busy} onClick={onSave}>
        {busy ? busyLabel : label}
      </Button>
      {changed && !busy && (
        <Button appearance="subtle" onClick={onUndo}>
          {texts.common.undo}
        </Button>
      )}
      <span className={styles.said} role="status">
        {said}
      </span>
    </div>
  );
}
