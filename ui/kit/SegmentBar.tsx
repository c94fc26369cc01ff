import { Link } from "@tanstack/react-router";
import { formatCount } from "./format.ts";
import styles from "./SegmentBar.module.css";

export type Segment = {
  key: string;
  label: string;
  hint?: string;
  count: number;
  tone: "good" | "bad" | "warn" | "busy" | "quiet" | "open";
  /** The search that shows only these rows. */
  search: Record<string, string>;
};

/** A bar of shares with its legend; each share leads to its rows. */
export function SegmentBar({ label, segments }: { label: string; segments: Segment[] }) {
  const shown = segments.filter(({ count }) => count > 0);
  return (
    <div>
      <div className={styles.bar} aria-hidden>
        {shown.map(({ key, count, tone }) => (
          <span key={key} data-tone={tone} style={{ flexGrow: count }} />
        ))}
      </div>
      <ul className={styles.legend} aria-label={label}>
        {shown.map(({ key, label: name, hint, count, tone, search }) => (
          <li key={key}>
            <Link to="." search={search} resetScroll={false} className={styles.entry}>
              <span className={styles.sign} data-tone={tone} />
              <span className={styles.count}>{formatCount(count)}</span>
              <span className={styles.name}>{name}</span>
              {hint !== undefined && <span className={styles.hint}>{hint}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
