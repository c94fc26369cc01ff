import type { ReactNode } from "react";
import styles from "./FormPart.module.css";

/** A part of a long form: its name at the side, its fields in two columns, below each other where it is narrow. */
export function FormPart({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className={styles.part}>
      <legend className={styles.legend}>{title}</legend>
      <div className={styles.fields}>{children}</div>
    </fieldset>
  );
}
