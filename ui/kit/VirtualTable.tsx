import { Spinner } from "@fluentui/react-components";
import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { type CSSProperties, type ReactNode, useEffect, useRef } from "react";
import { texts } from "./texts.ts";
import { TableFoot } from "./TableFoot.tsx";
import { useGridFocus } from "./use-grid-focus.ts";
import { useIsNarrow } from "./use-is-narrow.ts";
import { type ListEnds, useListEnds } from "./use-list-ends.ts";
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
  /** Lets the table jump to either end of a list of `total` rows. */
  ends?: ListEnds | undefined;
};

const wideRowPx = 36;
const narrowRowPx = 64;
/** So near to the end of what is read, more is. */
const nearRows = 40;

/** A table of any number of rows: only those in sight are drawn, and more are read as the end comes near. */
export function VirtualTable<Item>(props: VirtualTableProps<Item>) {
  const { label, columns, items, total, itemKey, narrowRow, chosenKey, onChoose, more, ends } = props;
  const narrow = useIsNarrow();
  const opening = narrow ? undefined : props.opening;
  const selecting = props.selecting;
  // On a narrow screen a row is one cell, and its box and its name are reached one by one.
  const isGrid = !narrow && (opening !== undefined || selecting !== undefined);
  const scroller = useRef<HTMLDivElement>(null);
  const rowPx = narrow ? narrowRowPx : wideRowPx;
  const { from, first, go } = useListEnds(scroller, { ends, read: items.length, total, isWhole: !more.has, rowPx });
  const focus = useGridFocus(scroller, {
    first,
    rows: items.length,
    inAll: ends === undefined ? undefined : total,
    columns: columns.length,
    onUnread: go,
    onEnter: ({ row, column }) => {
      const item = items[row - first];
      const key = columns[column]?.key;
      if (item === undefined || key === undefined) return;
      if (opening?.mayOpen(item, key) === true) opening.onOpen(item, key);
      else onChoose?.(item);
    },
    onSpace: ({ row }, range) => {
      const item = items[row - first];
      if (item !== undefined) selecting?.onSelect(item, { on: !selecting.isSelected(item), range });
    },
    onSelectAll: selecting?.onSelectAll,
  });
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
      const row = focus.active.row - first;
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
    if (!more.has || more.loading) return;
    const unread = from === "start" ? items.length - lastShown : (scroller.current?.scrollTop ?? 0) / rowPx;
    if (unread <= nearRows) more.load();
  }, [more, lastShown, items.length, from, rowPx]);

  const stuck = columns.findLast(({ stuckAt }) => stuckAt !== undefined);
  const tracks: CSSProperties = narrow ? {} : { gridTemplateColumns: columns.map(({ track }) => track).join(" ") };
  const table = (
    <div
      ref={scroller}
      className={styles.scroller}
      data-narrow={narrow}
      data-footed={ends !== undefined}
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
                index={first + index}
                columns={columns}
                narrowRow={narrow ? narrowRow : undefined}
                chosen={itemKey(item) === chosenKey}
                style={{ ...tracks, height: rowPx, transform: `translateY(${start}px)` }}
                onChoose={onChoose}
                opening={opening}
                selected={isGrid ? selecting?.isSelected(item) : undefined}
                isGrid={isGrid}
                active={focus.active.row === first + index ? focus.active.column : undefined}
                onReach={focus.reach}
              />
            );
          })}
        </div>
      </div>
      {more.loading && ends === undefined && (
        <div className={styles.loading}>
          <Spinner size="tiny" label={texts.common.loadingMore} />
        </div>
      )}
    </div>
  );
  if (ends === undefined || total === undefined) return table;
  const topPx = virtual.scrollOffset ?? 0;
  const bottomPx = topPx + (virtual.scrollRect?.height ?? 0) - (narrow ? 0 : wideRowPx);
  return (
    <>
      {table}
      <TableFoot
        first={first + Math.round(topPx / rowPx) + 1}
        last={first + Math.min(items.length, Math.round(bottomPx / rowPx))}
        total={total}
        loading={more.loading}
        onGo={(end) => {
          go(end);
          focus.reach({ row: end === "start" ? 0 : total - 1, column: focus.active.column });
        }}
      />
    </>
  );
}
