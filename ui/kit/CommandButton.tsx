import { Button, Menu, MenuPopover, MenuTrigger, SplitButton, Tooltip } from "@fluentui/react-components";
import type { ReactElement } from "react";
import styles from "./CommandButton.module.css";
import { CommandItems } from "./CommandItems.tsx";
import { useOffered } from "./offered-commands.ts";

/** Something that can be done here. With a `reason` it is greyed and says why it cannot be done now; it is never left out. */
export type Command = {
  key: string;
  label: string;
  icon?: ReactElement;
  reason?: string | null | undefined;
  onUse: () => void;
  /** What is like it, in a menu beside it. */
  menu?: { label: string; commands: Command[] };
};

/** A command as a button of its own, outside of a bar. */
export function CommandButton({
  command,
  appearance = "subtle",
  ...rest
}: {
  command: Command;
  appearance?: "subtle" | "primary" | "secondary";
}) {
  const { label, icon, reason, onUse, menu } = command;
  useOffered(command);
  const blocked = reason !== null && reason !== undefined;
  if (menu !== undefined) {
    return (
      <Menu positioning="below-end">
        <MenuTrigger disableButtonEnhancement>
          {(trigger) => (
            <SplitButton
              appearance={appearance}
              {...(icon !== undefined && { icon })}
              menuButton={{ ...(trigger as object), "aria-label": menu.label }}
              primaryActionButton={{ onClick: onUse, className: styles.command, disabledFocusable: blocked }}
            >
              {label}
            </SplitButton>
          )}
        </MenuTrigger>
        <MenuPopover>
          <CommandItems commands={menu.commands} />
        </MenuPopover>
      </Menu>
    );
  }
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
