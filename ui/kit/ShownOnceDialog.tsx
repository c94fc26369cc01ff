import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from "@fluentui/react-components";
import type { ReactNode } from "react";
import { CopyButton } from "./CopyButton.tsx";
import styles from "./ShownOnceDialog.module.css";
import { texts } from "./texts.ts";

/** Shows a secret that nobody can be shown again, with a button that copies it. Only its own button closes it. */
export function ShownOnceDialog({
  title,
  label,
  secret,
  onClose,
  children,
}: {
  title: string;
  /** What the secret is, for those who hear the page. */
  label: string;
  secret: string;
  onClose: () => void;
  children: ReactNode;
}) {
  return (
    <Dialog open modalType="alert">
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent>
            <div className={styles.content}>
              <div>{children}</div>
              <div className={styles.secret} role="group" aria-label={label}>
                <code>{secret}</code>
                <CopyButton text={secret} />
              </div>
            </div>
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={onClose}>
              {texts.common.done}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
