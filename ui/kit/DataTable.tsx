import { Skeleton, SkeletonItem } from "@fluentui/react-components";
import type { ReactNode } from "react";
import styles from "./DataTable.module.css";

/**
 * A column. On narrow screens a row becomes two lines: the `lead` column and the one at the `end` share the first, the
 * others follow on the second, a `line` has one of its own, and those that are `wideOnly` are left out.
 */
export type Column<Item> = {
  key: string;
  header: ReactNode;
  cell: (item: Item) => ReactNode;
  /** Numbers stand at the right, so that their digits are under each other. */
  numeric?: boolean;
  width?: string;
  narrow?: "lead" | "end" | "line" | "wideOnly";
  sorted?: "ascending" | "descending" | "none";
};

/** A table of few rows; while they load it shows their places. */
export function DataTable<Item>({
  label,
  columns,
  items,
  itemKey,
}: {
  label: string;
  columns: Column<Item>[];
  items: Item[] | undefined;
  itemKey: (item: Item) => string;
}) {
  return (
    <table className={styles.table} role="table" aria-label={label} aria-busy={items === undefined}>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(({ key, header, numeric, width, sorted, narrow }) => (
            <th
              key={key}
              role="columnheader"
              scope="col"
              style={{ width }}
              data-numeric={numeric}
              data-narrow={narrow}
              aria-sort={sorted}
            >
              {header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {items === undefined
          ? Array.from({ length: 6 }, (_, at) => (
              <tr key={at} role="row">
                {columns.map(({ key, narrow }) => (
                  <td key={key} role="cell" data-narrow={narrow}>
                    <Skeleton>
                      <SkeletonItem size={12} style={{ width: `${40 + ((at * 17) % 40)}%` }} />
                    </Skeleton>
                  </td>
                ))}
              </tr>
            ))
          : items.map((item) => (
              <tr key={itemKey(item)} role="row">
                {columns.map(({ key, cell, numeric, narrow }) => (
                  <td key={key} role="cell" data-numeric={numeric} data-narrow={narrow}>
                    {cell(item)}
                  </td>
                ))}
              </tr>
            ))}
      </tbody>
    </table>
  );
}
