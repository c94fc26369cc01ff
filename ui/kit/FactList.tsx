import type { ReactNode } from "react";
import styles from "./FactList.module.css";

export type Fact = { label: string; value: ReactNode; bad?: boolean };

/** Labels and values under each other; what has no value is left out. */
export function FactList({ title, facts }: { title?: string; facts: Fact[] }) {
  const known = facts.filter(
    ({ value, bad }) => bad === true || (value !== null && value !== "" && value !== undefined && value !== false),
  );
  if (known.length === 0) return null;
  return (
    <div>
      {title !== undefined && <h3 className={styles.title}>{title}</h3>}
      <dl className={styles.facts}>
        {known.map(({ label, value, bad }) => (
          <div key={label} data-bad={bad}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
