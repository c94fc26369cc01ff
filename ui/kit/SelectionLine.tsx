import { Button } from "@fluentui/react-components";
import { n } from "./count-words.ts";
import { selectedCount } from "./selection.ts";
import styles from "./SelectionLine.module.css";
import { texts } from "./texts.ts";
import type { SelectionState } from "./use-selection.ts";

const words = texts.selection;

/** Says how many are selected, takes all that the filter finds, and clears. It keeps its place while nothing is selected. */
export function SelectionLine<Item>({
  state: { selection, clear },
  read,
  shown,
  total,
  units,
  mayTakeAll,
  onTakeAll,
}: {
  state: SelectionState<Item>;
  /** Items that the list has read so far. */
  read: number;
  shown: "all" | "some" | "none";
  total: number | undefined;
  units: (amount: number) => string;
  mayTakeAll: boolean;
  onTakeAll: () => void;
}) {
  const count = selectedCount(selection);
  const more = total === undefined || total > read;
  return (
    <div className={styles.line}>
      <span role="status">
        {selection.kind === "all"
          ? words.allSelected(count === undefined ? undefined : units(count))
          : count === 0
            ? words.none
            : words.selected(units(count ?? 0))}
      </span>
      {mayTakeAll && selection.kind === "some" && shown === "all" && more && (
        <Button size="small" appearance="transparent" onClick={onTakeAll}>
          {words.takeAll(total === undefined ? undefined : n(total))}
        </Button>
      )}
      {count !== 0 && (
        <Button size="small" appearance="transparent" onClick={clear}>
          {texts.common.clear}
        </Button>
      )}
    </div>
  );
}
