import { Spinner } from "@fluentui/react-components";
import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { type CSSProperties, type ReactNode, useEffect, useRef } from "react";
import { texts } from "./texts.ts";
import { useGridFocus } from "./use-grid-focus.ts";
import { useIsNarrow } from "./use-is-narrow.ts";
import type { CellOpening, RowSelecting, VirtualColumn } from "./virtual-column.ts";
import { VirtualRow } from "./VirtualRow.tsx";
import styles from "./VirtualTable.module.css";

export type VirtualTableProps<Item> = {
  label: string;
  columns: VirtualColumn<Item>[];
  items: Item[];
  /** Rows in all, where that is known, for those who hear the table. */
  total?: number | undefined;
  itemKey: (item: Item) => string | number;
  /** A row of two lines in place of the columns, on narrow screens. */
  narrowRow: (item: Item) => ReactNode;
  chosenKey?: string | number | undefined;
  /** A row that is clicked; left out where rows lead nowhere. */
  onChoose?: (item: Item) => void;
  opening?: CellOpening<Item>;
  selecting?: RowSelecting<Item>;
  more: { has: boolean; loading: boolean; load: () => void };
};

const wideRowPx = 36;
const narrowRowPx = 64;

/** A table of any number of rows: only those in sight are drawn, and more are read as the end comes near. */
export function VirtualTable<Item>(props: VirtualTableProps<Item>) {
  const { label, columns, items, total, itemKey, narrowRow, chosenKey, onChoose, more } = props;
  const narrow = useIsNarrow();
  const opening = narrow ? undefined : props.opening;
  const selecting = props.selecting;
  // On a narrow screen a row is one cell, and its box and its name are reached one by one.
  const isGrid = !narrow && (opening !== undefined || selecting !== undefined);
  const scroller = useRef<HTMLDivElement>(null);
  const focus = useGridFocus(scroller, {
    rows: items.length,
    columns: columns.length,
    onEnter: ({ row, column }) => {
      const item = items[row];
      const key = columns[column]?.key;
      if (item === undefined || key === undefined) return;
      if (opening?.mayOpen(item, key) === true) opening.onOpen(item, key);
      else onChoose?.(item);
    },
    onSpace: ({ row }, range) => {
      const item = items[row];
      if (item !== undefined) selecting?.onSelect(item, { on: !selecting.isSelected(item), range });
    },
    onSelectAll: selecting?.onSelectAll,
  });
  const rowPx = narrow ? narrowRowPx : wideRowPx;
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: 12,
    // Its head lies over the rows.
    scrollPaddingEnd: wideRowPx + 4,
    getItemKey: (at) => itemKey(items[at] as Item),
    // The row that has the focus stays, or the focus and what is typed there would be lost on the way.
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range);
      const { row } = focus.active;
      return !isGrid || row < 0 || shown.includes(row) ? shown : [...shown, row].sort((one, other) => one - other);
    },
  });
  useEffect(() => virtual.measure(), [virtual, rowPx]);

  const chosenAt = chosenKey === undefined ? -1 : items.findIndex((item) => itemKey(item) === chosenKey);
  const isChosenRead = chosenAt >= 0;
  useEffect(() => {
    if (isChosenRead) virtual.scrollToIndex(chosenAt, { align: "auto" });
    // Only when another row is chosen, or comes to be read: not whenever rows before it move it.
  }, [virtual, chosenKey, isChosenRead]);

  const rows = virtual.getVirtualItems();
  const lastShown = rows.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more.has && !more.loading && lastShown >= items.length - 40) more.load();
  }, [more, lastShown, items.length]);

  const stuck = columns.findLast(({ stuckAt }) => stuckAt !== undefined);
  const tracks: CSSProperties = narrow ? {} : { gridTemplateColumns: columns.map(({ track }) => track).join(" ") };
  return (
    <div
      ref={scroller}
      className={styles.scroller}
      data-narrow={narrow}
      // What gets the focus comes out from under the columns that stay.
      style={stuck === undefined || narrow ? {} : { scrollPaddingLeft: `calc(${stuck.stuckAt} + ${stuck.track})` }}
      role="region"
      aria-label={label}
      // The cells of a grid take the focus themselves.
      tabIndex={isGrid ? undefined : 0}
    >
      <div
        role={isGrid ? "grid" : "table"}
        aria-label={label}
        aria-multiselectable={isGrid && selecting !== undefined ? true : undefined}
        aria-rowcount={(total ?? items.length) + 1}
        className={styles.table}
      >
        <div role="rowgroup" className={styles.headGroup}>
          <div role="row" aria-rowindex={1} className={styles.head} style={tracks}>
            {columns.map(({ key, header, numeric, stuckAt, sorted }) => (
              <div
                key={key}
                role="columnheader"
                data-numeric={numeric}
                data-stuck={stuckAt !== undefined}
                style={{ left: stuckAt }}
                aria-sort={sorted}
              >
                {header}
              </div>
            ))}
          </div>
        </div>
        <div
          role="rowgroup"
          className={styles.body}
          style={{ height: virtual.getTotalSize() }}
          onKeyDown={isGrid ? focus.press : undefined}
        >
          {rows.map(({ index, key, start }) => {
            const item = items[index];
            if (item === undefined) return null;
            return (
              <VirtualRow
                key={key}
                item={item}
                index={index}
                columns={columns}
                narrowRow={narrow ? narrowRow : undefined}
                chosen={itemKey(item) === chosenKey}
                style={{ ...tracks, height: rowPx, transform: `translateY(${start}px)` }}
                onChoose={onChoose}
                opening={opening}
                selected={isGrid ? selecting?.isSelected(item) : undefined}
                isGrid={isGrid}
                active={focus.active.row === index ? focus.active.column : undefined}
                onReach={focus.reach}
              />
            );
          })}
        </div>
      </div>
      {more.loading && (
        <div className={styles.loading}>
          <Spinner size="tiny" label={texts.common.loadingMore} />
        </div>
      )}
    </div>
  );
}
