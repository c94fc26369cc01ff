import {
  Button,
  Menu,
  MenuList,
  MenuPopover,
  MenuTrigger,
  Overflow,
  OverflowItem,
  Toolbar,
  useIsOverflowItemVisible,
  useOverflowMenu,
} from "@fluentui/react-components";
import { MoreHorizontalRegular } from "@fluentui/react-icons/svg/more-horizontal";
import type { ReactNode, Ref } from "react";
import styles from "./CommandBar.module.css";
import { type Command, CommandButton } from "./CommandButton.tsx";
import { CommandItem } from "./CommandItems.tsx";
import { CommandPlace } from "./offered-commands.ts";
import { texts } from "./texts.ts";

/** The commands over a list, in their order; those without room move into a menu at the end. `children` stand at the right. */
export function CommandBar({
  label,
  commands,
  children,
}: {
  label: string;
  commands: Command[];
  children?: ReactNode;
}) {
  return (
    <div className={styles.bar}>
      <Overflow padding={28}>
        <Toolbar aria-label={label} className={styles.commands}>
          <CommandPlace value={label}>
            {commands.map((command) => (
              <OverflowItem key={command.key} id={command.key}>
                {/* The button is another element once it is greyed; what is measured has to stay. */}
                <div className={styles.item}>
                  <CommandButton command={command} />
                </div>
              </OverflowItem>
            ))}
          </CommandPlace>
          <MoreCommands commands={commands} />
        </Toolbar>
      </Overflow>
      {children !== undefined && <div className={styles.end}>{children}</div>}
    </div>
  );
}

function MoreCommands({ commands }: { commands: Command[] }) {
  const { ref, isOverflowing } = useOverflowMenu<HTMLButtonElement>();
  if (!isOverflowing) return null;
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <Button
          ref={ref as Ref<never>}
          appearance="subtle"
          icon={<MoreHorizontalRegular />}
          aria-label={texts.common.more}
        />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {commands.map((command) => (
            <MoreCommand key={command.key} command={command} />
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

function MoreCommand({ command }: { command: Command }) {
  if (useIsOverflowItemVisible(command.key)) return null;
  return [command, ...(command.menu?.commands ?? [])].map((one) => <CommandItem key={one.key} command={one} />);
}
