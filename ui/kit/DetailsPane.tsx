import { Button } from "@fluentui/react-components";
import { ChevronDownRegular } from "@fluentui/react-icons/svg/chevron-down";
import { ChevronUpRegular } from "@fluentui/react-icons/svg/chevron-up";
import { DismissRegular } from "@fluentui/react-icons/svg/dismiss";
import { type ReactNode, useEffect, useRef } from "react";
import { texts } from "./texts.ts";
import styles from "./DetailsPane.module.css";

/**
 * The pane at the right with the details of one item of a list: beside the list where there is room, over it where
 * there is not. Esc closes it, and the focus goes back to where it came from.
 */
export function DetailsPane({
  label,
  title,
  beside,
  onClose,
  onPrevious,
  onNext,
  children,
}: {
  label: string;
  title: ReactNode;
  beside?: ReactNode;
  onClose: () => void;
  onPrevious?: (() => void) | undefined;
  onNext?: (() => void) | undefined;
  children: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <aside
      className={styles.pane}
      aria-label={label}
      onKeyDown={(event) => {
        // A dialog that was opened from the pane closes itself; React hands its keys on to here.
        const inside = event.target instanceof Node && event.currentTarget.contains(event.target);
        if (event.key === "Escape" && inside) onClose();
      }}
    >
      <div className={styles.head}>
        <h2 ref={heading} tabIndex={-1} className={styles.title}>
          {title}
        </h2>
        <div className={styles.acts}>
          {onPrevious !== undefined && (
            <Button
              appearance="subtle"
              size="small"
              icon={<ChevronUpRegular />}
              aria-label={texts.common.previous}
              onClick={onPrevious}
            />
          )}
          {onNext !== undefined && (
            <Button
              appearance="subtle"
              size="small"
              icon={<ChevronDownRegular />}
              aria-label={texts.common.next}
              onClick={onNext}
            />
          )}
          <Button
            appearance="subtle"
            size="small"
            icon={<DismissRegular />}
            aria-label={texts.common.close}
            onClick={onClose}
          />
        </div>
      </div>
      {beside !== undefined && <div className={styles.beside}>{beside}</div>}
      <div className={styles.body}>{children}</div>
    </aside>
  );
}

/** A list beside the pane that shows one of its items. */
export function WithPane({ pane, children }: { pane: ReactNode; children: ReactNode }) {
  return (
    <div className={styles.with} data-open={Boolean(pane)}>
      <div className={styles.list}>{children}</div>
      {pane}
    </div>
  );
}
