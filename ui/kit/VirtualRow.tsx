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
  selected,
  isGrid,
  active,
  onReach,
}: {
  item: Item;
  /** Its place in the whole list, from 0. */
  index: number;
  columns: VirtualColumn<Item>[];
  narrowRow: ((item: Item) => ReactNode) | undefined;
  chosen: boolean;
  style: CSSProperties;
  onChoose: ((item: Item) => void) | undefined;
  opening: CellOpening<Item> | undefined;
  /** undefined where rows are not selected. */
  selected: boolean | undefined;
  isGrid: boolean;
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
      aria-selected={selected}
      style={style}
      data-leads={onChoose !== undefined}
      onClick={() => onChoose?.(item)}
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
            {...(isGrid
              ? gridCell(item, key, { row: index, column: at }, active === at, opening, onReach)
              : { role: "cell" })}
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
  opening: CellOpening<Item> | undefined,
  onReach: (place: GridPlace) => void,
): HTMLAttributes<HTMLElement> & { "data-at": string; "data-opens": boolean } {
  const opens = opening?.mayOpen(item, key) === true;
  return {
    role: "gridcell",
    tabIndex: active ? 0 : -1,
    ...(opening !== undefined && { "aria-readonly": !opens }),
    "data-at": `${place.row} ${place.column}`,
    "data-opens": opens,
    onFocus: () => onReach(place),
    ...(opens && {
      onClick: (event) => {
        event.stopPropagation();
        opening.onOpen(item, key);
      },
    }),
  };
}
