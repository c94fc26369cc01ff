import type { ReactNode } from "react";
import styles from "./Toolbar.module.css";

/** The line of filters and counts over a table. */
export function Toolbar({ children, end }: { children: ReactNode; end?: ReactNode }) {
  return (
    <div className={styles.bar}>
      {children}
      {end !== undefined && <div className={styles.end}>{end}</div>}
    </div>
  );
}
