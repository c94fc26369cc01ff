import type { ReactNode } from "react";
import styles from "./EmptyState.module.css";

/** Says that there is nothing to show, why, and offers what to do. */
export function EmptyState({
  title,
  lead,
  heading: Heading = "h2",
  children,
}: {
  title: string;
  lead: string;
  heading?: "h1" | "h2" | "h3";
  children?: ReactNode;
}) {
  return (
    <div className={styles.empty}>
      <Heading className={styles.title}>{title}</Heading>
      <p className={styles.lead}>{lead}</p>
      {children !== undefined && <div className={styles.acts}>{children}</div>}
    </div>
  );
}
