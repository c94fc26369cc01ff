import type { Batch } from "../../contract/batch.ts";
import type { CellEditing } from "./use-cell-edits.ts";
import { BatchCauses } from "./BatchCauses.tsx";
import { BatchNotes } from "./BatchNotes.tsx";
import styles from "./BatchPlan.module.css";
import { BatchRows } from "./BatchRows.tsx";
import { FixNotice } from "./FixNotice.tsx";
import { BatchSeats } from "./BatchSeats.tsx";

/** What a batch will do or has done: why rows fail, the seats, how the file was read, and every row. */
export function BatchPlan({ batch, editing }: { batch: Batch; editing: CellEditing }) {
  return (
    <div className={styles.plan}>
      <div className={styles.two}>
        <BatchCauses batch={batch} />
        <div className={styles.side}>
          <BatchSeats batch={batch} />
          <BatchNotes batch={batch} />
        </div>
      </div>
      <FixNotice batch={batch} />
      <BatchRows batch={batch} editing={editing} />
    </div>
  );
}
