import styles from "./ChangeTable.module.css";
import { texts } from "./texts.ts";

const words = texts.changes;

/** One field that changes; nothing stands in it where the value is empty or null. */
export type ChangeLine = { label: string; before: string | null; after: string | null };

/** What changes, field by field: what stood there and what stands there then. Each label may be there once. */
export function ChangeTable({ lines }: { lines: ChangeLine[] }) {
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
        {lines.map(({ label, before, after }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td>{before || <Empty />}</td>
            <td>{after ? <strong>{after}</strong> : <Empty />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Empty() {
  return <span className={styles.empty}>{words.empty}</span>;
}
