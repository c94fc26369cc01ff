import { Button, Spinner } from "@fluentui/react-components";
import { ArrowDownRegular } from "@fluentui/react-icons/svg/arrow-down";
import { ArrowUpRegular } from "@fluentui/react-icons/svg/arrow-up";
import styles from "./TableFoot.module.css";
import { texts } from "./texts.ts";
import type { ListEnd } from "./use-list-ends.ts";

/** Under a long table: which of its rows are in sight, and the way to its start and its end. */
export function TableFoot({
  first,
  last,
  total,
  loading,
  onGo,
}: {
  /** Counted from 1. */
  first: number;
  last: number;
  total: number;
  loading: boolean;
  onGo: (end: ListEnd) => void;
}) {
  return (
    <div className={styles.foot}>
      <span className={styles.rows}>{texts.ends.inSight(first, last, total)}</span>
      {loading && <Spinner size="extra-tiny" label={texts.common.loadingMore} />}
      <div className={styles.ends}>
        <Button size="small" appearance="subtle" icon={<ArrowUpRegular />} onClick={() => onGo("start")}>
          {texts.ends.start}
        </Button>
        <Button size="small" appearance="subtle" icon={<ArrowDownRegular />} onClick={() => onGo("end")}>
          {texts.ends.end}
        </Button>
      </div>
    </div>
  );
}
