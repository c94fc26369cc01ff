import type { ReactNode } from "react";
import styles from "./Section.module.css";

/** A part of a page with its heading. */
export function Section({
  title,
  lead,
  acts,
  children,
}: {
  title: string;
  lead?: string;
  acts?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className={styles.section}>
      <div className={styles.head}>
        <h2 className={styles.title}>{title}</h2>
        {lead !== undefined && <p className={styles.lead}>{lead}</p>}
        {acts !== undefined && <div className={styles.acts}>{acts}</div>}
      </div>
      {children}
    </section>
  );
}

/** The parts of a page under each other. */
export function Sections({ children }: { children: ReactNode }) {
  return <div className={styles.sections}>{children}</div>;
}

/** The surface on which a table or form lies. */
export function Sheet({ children }: { children: ReactNode }) {
  return <div className={styles.sheet}>{children}</div>;
}
