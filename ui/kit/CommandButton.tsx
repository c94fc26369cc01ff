import { Button, Tooltip } from "@fluentui/react-components";
import type { ReactElement } from "react";
import styles from "./CommandButton.module.css";

/** Something that can be done here. With a `reason` it is greyed and says why it cannot be done now; it is never left out. */
export type Command = {
  key: string;
  label: string;
  icon?: ReactElement;
  reason?: string | null | undefined;
  onUse: () => void;
};

/** A command as a button of its own, outside of a bar. */
export function CommandButton({
  command: { label, icon, reason, onUse },
  appearance = "subtle",
  ...rest
}: {
  command: Command;
  appearance?: "subtle" | "primary" | "secondary";
}) {
  const blocked = reason !== null && reason !== undefined;
  const button = (
    <Button
      {...rest}
      appearance={appearance}
      className={styles.command}
      {...(icon !== undefined && { icon })}
      disabledFocusable={blocked}
      onClick={onUse}
    >
      {label}
    </Button>
  );
  if (!blocked) return button;
  return (
    <Tooltip content={reason} relationship="description" withArrow>
      {button}
    </Tooltip>
  );
}
