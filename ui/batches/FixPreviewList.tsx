import type { FixPreview } from "../../contract/fix.ts";
import { batchPlanTexts } from "./batch-plan-texts.ts";
import styles from "./FixPreviewList.module.css";

const words = batchPlanTexts.fix;
const shownRows = 5;

/** The first cells that a fix changes, before and after, and how many rows it leaves as they are. */
export function FixPreviewList({ preview: { rows, changes, first } }: { preview: FixPreview }) {
  const shown = first.slice(0, shownRows);
  return (
    <section className={styles.preview} aria-live="polite">
      <h3 className={styles.title}>{changes === 0 ? words.nothing : words.preview(shown.length, changes)}</h3>
      <ul>
        {shown.map(({ rowNo, before, after }) => (
          <li key={rowNo}>
            <span className={styles.rowNo}>{rowNo}</span>
            <del>{before === "" ? words.empty : before}</del>
            <span aria-hidden="true"> → </span>
            <ins>{after === "" ? words.empty : after}</ins>
          </li>
        ))}
      </ul>
      {changes > 0 && changes < rows && <p className={styles.stay}>{words.stay(rows - changes)}</p>}
    </section>
  );
}
