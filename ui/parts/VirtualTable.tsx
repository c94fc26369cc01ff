import { Spinner } from "@fluentui/react-components";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type CSSProperties, type ReactNode, useEffect, useRef } from "react";
import { texts } from "../texts.ts";
import { useIsNarrow } from "./use-is-narrow.ts";
import styles from "./VirtualTable.module.css";

export type VirtualColumn<Item> = {
  key: string;
  header: ReactNode;
  cell: (item: Item) => ReactNode;
  /** A track of a CSS grid, such as `96px` or `minmax(160px, 1fr)`. */
  track: string;
  numeric?: boolean;
  /** Stays in sight while the rest moves sideways; the distance from the left edge. */
  stuckAt?: string;
  sorted?: "ascending" | "descending" | "none";
};

type Props<Item> = {
  label: string;
  columns: VirtualColumn<Item>[];
  items: Item[];
  /** Rows in all, where that is known, for those who hear the table. */
  total?: number | undefined;
  itemKey: (item: Item) => string | number;
  /** A row of two lines in place of the columns, on narrow screens. */
  narrowRow: (item: Item) => ReactNode;
  chosenKey?: string | number | undefined;
  onChoose: (item: Item) => void;
  more: { has: boolean; loading: boolean; load: () => void };
};

const wideRowPx = 36;
const narrowRowPx = 64;

/** A table of any number of rows: only those in sight are drawn, and more are read as the end comes near. */
export function VirtualTable<Item>(props: Props<Item>) {
  const { label, columns, items, total, itemKey, narrowRow, chosenKey, onChoose, more } = props;
  const narrow = useIsNarrow();
  const scroller = useRef<HTMLDivElement>(null);
  const rowPx = narrow ? narrowRowPx : wideRowPx;
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: 12,
    getItemKey: (at) => itemKey(items[at] as Item),
  });
  useEffect(() => virtual.measure(), [virtual, rowPx]);

  const rows = virtual.getVirtualItems();
  const lastShown = rows.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more.has && !more.loading && lastShown >= items.length - 40) more.load();
  }, [more, lastShown, items.length]);

  const tracks: CSSProperties = narrow ? {} : { gridTemplateColumns: columns.map(({ track }) => track).join(" ") };
  return (
    <div ref={scroller} className={styles.scroller} data-narrow={narrow} role="region" aria-label={label} tabIndex={0}>
      <div role="table" aria-label={label} aria-rowcount={(total ?? items.length) + 1} className={styles.table}>
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
        <div role="rowgroup" className={styles.body} style={{ height: virtual.getTotalSize() }}>
          {rows.map(({ index, key, start }) => {
            const item = items[index];
            if (item === undefined) return null;
            return (
              <div
                key={key}
                role="row"
                aria-rowindex={index + 2}
                className={styles.row}
                data-chosen={itemKey(item) === chosenKey}
                style={{ ...tracks, height: rowPx, transform: `translateY(${start}px)` }}
                onClick={() => onChoose(item)}
              >
                {narrow ? (
                  <div role="cell" className={styles.narrowCell}>
                    {narrowRow(item)}
                  </div>
                ) : (
                  columns.map(({ key: columnKey, cell, numeric, stuckAt }) => (
                    <div
                      key={columnKey}
                      role="cell"
                      className={styles.cell}
                      data-numeric={numeric}
                      data-stuck={stuckAt !== undefined}
                      style={{ left: stuckAt }}
                    >
                      {cell(item)}
                    </div>
                  ))
                )}
              </div>
            );
          })}
        </div>
      </div>
      {more.loading && (
        <div className={styles.loading}>
          <Spinner size="tiny" label={texts.batch.loadingMore} />
        </div>
      )}
    </div>
  );
}
