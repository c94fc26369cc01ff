import { ArrowSortDownRegular } from "@fluentui/react-icons/svg/arrow-sort-down";
import { ArrowSortUpRegular } from "@fluentui/react-icons/svg/arrow-sort-up";
import styles from "./SortButton.module.css";

/** The head of a column by which the list can be sorted: `sort` is what the list is sorted by now, `-name` for descending. */
export function SortButton<Sort extends string>({
  label,
  by,
  sort,
  onSort,
}: {
  label: string;
  by: Sort;
  sort: string;
  onSort: (sort: Sort | `-${Sort}`) => void;
}) {
  const down = sort === `-${by}`;
  return (
    <button type="button" className={styles.sort} onClick={() => onSort(sort === by ? `-${by}` : by)}>
      {label}
      {down ? <ArrowSortDownRegular /> : sort === by ? <ArrowSortUpRegular /> : null}
    </button>
  );
}

/** What a column head by which a list can be sorted says of itself to those who hear it. */
export function sortedWord(by: string, sort: string): "ascending" | "descending" | "none" {
  return sort === by ? "ascending" : sort === `-${by}` ? "descending" : "none";
}
