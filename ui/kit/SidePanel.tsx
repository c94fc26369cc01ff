import { Button, Dialog, DialogSurface } from "@fluentui/react-components";
import { DismissRegular } from "@fluentui/react-icons/svg/dismiss";
import { type ReactNode, useId } from "react";
import styles from "./SidePanel.module.css";
import { texts } from "./texts.ts";

/** A panel over the page, at the right, with a form or a text in it; the whole screen on a phone. Esc asks to close it. */
export function SidePanel({
  title,
  lead,
  onClose,
  end,
  wide = false,
  children,
}: {
  title: string;
  lead?: ReactNode;
  onClose: () => void;
  /** The buttons at the lower edge, which stay in sight. */
  end?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}) {
  const titleId = useId();
  return (
    <Dialog open onOpenChange={(_event, { open }) => !open && onClose()}>
      <DialogSurface className={styles.panel} aria-labelledby={titleId} data-wide={wide}>
        <div className={styles.head}>
          <div className={styles.words}>
            <h2 id={titleId} className={styles.title}>
              {title}
            </h2>
            {lead !== undefined && <div className={styles.lead}>{lead}</div>}
          </div>
          <Button appearance="subtle" icon={<DismissRegular />} aria-label={texts.common.close} onClick={onClose} />
        </div>
        <div className={styles.body}>{children}</div>
        {end !== undefined && <div className={styles.end}>{end}</div>}
      </DialogSurface>
    </Dialog>
  );
}
