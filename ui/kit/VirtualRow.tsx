import type { CSSProperties, HTMLAttributes, ReactNode } from "react";
import type { GridPlace } from "./use-grid-focus.ts";
import type { CellOpening, VirtualColumn } from "./virtual-column.ts";
import styles from "./VirtualTable.module.css";

/** One row of a virtual table: its cells in their tracks, or its two lines on a narrow screen. */
export function VirtualRow<Item>({
  item,
  index,
  columns,
  narrowRow,
  chosen,
  style,
  onChoose,
  opening,
  active,
  onReach,
}: {
  item: Item;
  index: number;
  columns: VirtualColumn<Item>[];
  narrowRow: ((item: Item) => ReactNode) | undefined;
  chosen: boolean;
  style: CSSProperties;
  onChoose: (item: Item) => void;
  opening: CellOpening<Item> | undefined;
  /** The column of the cell that the Tab key reaches, where it is in this row. */
  active: number | undefined;
  onReach: (place: GridPlace) => void;
}) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={styles.row}
      data-chosen={chosen}
      style={style}
      onClick={() => onChoose(item)}
    >
      {narrowRow !== undefined ? (
        <div role="cell" className={styles.narrowCell}>
          {narrowRow(item)}
        </div>
      ) : (
        columns.map(({ key, cell, numeric, stuckAt }, at) => (
          <div
            key={key}
            className={styles.cell}
            data-numeric={numeric}
            data-stuck={stuckAt !== undefined}
            style={{ left: stuckAt }}
            {...(opening === undefined
              ? { role: "cell" }
              : gridCell(item, key, { row: index, column: at }, active === at, opening, onReach))}
          >
            {cell(item)}
          </div>
        ))
      )}
    </div>
  );
}

function gridCell<Item>(
  item: Item,
  key: string,
  place: GridPlace,
  active: boolean,
  { mayOpen, onOpen }: CellOpening<Item>,
  onReach: (place: GridPlace) => void,
): HTMLAttributes<HTMLElement> & { "data-at": string; "data-opens": boolean } {
  const opens = mayOpen(item, key);
  return {
    role: "gridcell",
    tabIndex: active ? 0 : -1,
    "aria-readonly": !opens,
    "data-at": `${place.row} ${place.column}`,
    "data-opens": opens,
    onFocus: () => onReach(place),
    ...(opens && {
      onClick: (event) => {
        event.stopPropagation();
        onOpen(item, key);
      },
    }),
  };
}
