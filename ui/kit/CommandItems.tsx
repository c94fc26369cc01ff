import { MenuItem, MenuList } from "@fluentui/react-components";
import type { Command } from "./CommandButton.tsx";

/** Commands as a menu. */
export function CommandItems({ commands }: { commands: Command[] }) {
  return (
    <MenuList>
      {commands.map((command) => (
        <CommandItem key={command.key} command={command} />
      ))}
    </MenuList>
  );
}

/** A command in a menu. */
export function CommandItem({ command: { label, icon, reason, onUse } }: { command: Command }) {
  return (
    <MenuItem
      {...(icon !== undefined && { icon })}
      {...(typeof reason === "string" && { disabled: true, subText: reason })}
      onClick={onUse}
    >
      {label}
    </MenuItem>
  );
}
