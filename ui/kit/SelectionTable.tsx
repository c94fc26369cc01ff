import { Checkbox } from "@fluentui/react-components";
import { useRef } from "react";
import { changeSelection, isSelected, shownSelection } from "./selection.ts";
import { SelectionLine } from "./SelectionLine.tsx";
import { texts } from "./texts.ts";
import type { SelectionState } from "./use-selection.ts";
import type { VirtualColumn } from "./virtual-column.ts";
import { VirtualTable, type VirtualTableProps } from "./VirtualTable.tsx";
import styles from "./SelectionTable.module.css";

const words = texts.selection;
const boxPx = 40;

type Props<Item> = Omit<VirtualTableProps<Item>, "opening" | "selecting" | "itemKey"> & {
  itemKey: (item: Item) => string;
  /** Names an item to those who hear the table: `Anna Berg`. */
  itemName: (item: Item) => string;
  /** What is counted: `12 users`. */
  units: (amount: number) => string;
  state: SelectionState<Item>;
  /** Whether all that the filter finds may be selected at once. */
  mayTakeAll?: boolean;
};

/**
 * A table of any number of rows with check boxes: a click, Space, Shift with either for a range, and Ctrl+A. The boxes and
 * the first column stay in sight while the others move sideways. Over it stands what is selected.
 */
export function SelectionTable<Item>(props: Props<Item>) {
  const { items, itemKey, itemName, columns, state, total, narrowRow, units, mayTakeAll = true } = props;
  const { selection } = state;
  const last = useRef<string | null>(null);
  const chosen = (item: Item) => isSelected(selection, itemKey(item));
  const change = (changed: Item[], on: boolean) =>
    state.select(changeSelection(selection, { changed, on, read: items, keyOf: itemKey }));
  const select = (item: Item, { on, range }: { on: boolean; range: boolean }) => {
    change(range ? between(items, itemKey, last.current, item) : [item], on);
    last.current = itemKey(item);
  };
  const box = (item: Item) => (
    <Checkbox
      aria-label={words.select(itemName(item))}
      checked={chosen(item)}
      onClick={(event) => event.stopPropagation()}
      onChange={(event, { checked }) => {
        const { shiftKey } = event.nativeEvent as MouseEvent;
        select(item, { on: checked === true, range: shiftKey });
      }}
      input={{ tabIndex: -1 }}
      className={styles.box}
    />
  );
  const shown = shownSelection(selection, items.map(itemKey));
  const boxes: VirtualColumn<Item> = {
    key: "selected",
    header: (
      <Checkbox
        aria-label={words.selectShown}
        checked={shown === "all" ? true : shown === "some" ? "mixed" : false}
        onChange={() => change(items, shown !== "all")}
        className={styles.box}
      />
    ),
    track: `${boxPx}px`,
    stuckAt: "0",
    cell: box,
  };
  return (
    <>
      <SelectionLine
        state={state}
        read={items.length}
        shown={shown}
        total={total}
        units={units}
        mayTakeAll={mayTakeAll}
        onTakeAll={() => state.select({ kind: "all", count: total })}
      />
      <VirtualTable
        {...props}
        columns={[boxes, ...columns.map((column, at) => (at === 0 ? { ...column, stuckAt: `${boxPx}px` } : column))]}
        narrowRow={(item) => (
          <div className={styles.narrow}>
            {box(item)}
            <div className={styles.words}>{narrowRow(item)}</div>
          </div>
        )}
        selecting={{ isSelected: chosen, onSelect: select, onSelectAll: () => change(items, true) }}
      />
    </>
  );
}

/** The items from the one with the key `from` to `to`, in the order of the list. */
function between<Item>(items: Item[], keyOf: (item: Item) => string, from: string | null, to: Item): Item[] {
  const start = items.findIndex((item) => keyOf(item) === from);
  const end = items.findIndex((item) => keyOf(item) === keyOf(to));
  if (start < 0 || end < 0) return [to];
  return items.slice(Math.min(start, end), Math.max(start, end) + 1);
}
