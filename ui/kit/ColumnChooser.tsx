import { Button, Menu, MenuItemCheckbox, MenuList, MenuPopover, MenuTrigger } from "@fluentui/react-components";
import { ColumnTripleRegular } from "@fluentui/react-icons/svg/column-triple";
import { texts } from "./texts.ts";
import type { ColumnChoice } from "./use-column-choice.ts";

/** Chooses which columns of a list are shown. */
export function ColumnChooser({
  columns,
  choice: { shown, show },
}: {
  columns: { key: string; label: string }[];
  choice: ColumnChoice;
}) {
  return (
    <Menu checkedValues={{ shown: [...shown] }} onCheckedValueChange={(_event, { checkedItems }) => show(checkedItems)}>
      <MenuTrigger disableButtonEnhancement>
        <Button appearance="subtle" icon={<ColumnTripleRegular />}>
          {texts.common.columns}
        </Button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {columns.map(({ key, label }) => (
            <MenuItemCheckbox key={key} name="shown" value={key} persistOnClick>
              {label}
            </MenuItemCheckbox>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
