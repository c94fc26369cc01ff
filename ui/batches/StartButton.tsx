import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from "@fluentui/react-components";
import { ChevronDownRegular } from "@fluentui/react-icons/svg/chevron-down";
import { PlayFilled } from "@fluentui/react-icons/svg/play";
import { CommandButton } from "../kit/CommandButton.tsx";
import { batchWorkTexts } from "./batch-work-texts.ts";
import styles from "./StartButton.module.css";

const words = batchWorkTexts.schedule;

/** Starts a plan now, or later by the menu beside it; both are greyed where it cannot be started. */
export function StartButton({
  label,
  reason,
  onNow,
  onLater,
}: {
  label: string;
  reason: string | null;
  onNow: () => void;
  onLater: () => void;
}) {
  const blocked = reason !== null;
  const appearance = blocked ? "secondary" : "primary";
  return (
    <span className={styles.split}>
      <CommandButton
        appearance={appearance}
        command={{ key: "start", label, icon: <PlayFilled />, reason, onUse: onNow }}
      />
      <Menu positioning="below-end">
        <MenuTrigger disableButtonEnhancement>
          <Button
            appearance={appearance}
            icon={<ChevronDownRegular />}
            aria-label={words.ways}
            disabledFocusable={blocked}
          />
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItem onClick={onNow}>{words.now}</MenuItem>
            <MenuItem onClick={onLater}>{words.later}</MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
    </span>
  );
}
