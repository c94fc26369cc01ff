import styles from "./EditReview.module.css";
import type { EditLine } from "./user-edits.ts";
import { userFormTexts } from "./user-form-texts.ts";

const words = userFormTexts.editUser;

/** What exactly changes: before and after, line by line. */
export function EditReview({ lines }: { lines: EditLine[] }) {
  if (lines.length === 0) return <p className={styles.quiet}>{words.nothing}</p>;
  return (
    <table className={styles.changes}>
      <thead>
        <tr>
          <th scope="col">{words.field}</th>
          <th scope="col">{words.before}</th>
          <th scope="col">{words.after}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ key, label, before, after }) => (
          <tr key={key}>
            <th scope="row">{label}</th>
            <td>{before === "" ? <span className={styles.quiet}>{words.empty}</span> : before}</td>
            <td>{after === "" ? <span className={styles.quiet}>{words.empty}</span> : <strong>{after}</strong>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
