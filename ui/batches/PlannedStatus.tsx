import type { Row } from "../../contract/batch.ts";
import { batchPlanTexts } from "./batch-plan-texts.ts";
import styles from "./Status.module.css";

/** What will become of a row once its batch is started; nothing has failed before. */
export function PlannedStatus({ row: { plan, state, code } }: { row: Pick<Row, "plan" | "state" | "code"> }) {
  const isPartial = state === "pending" && code !== null;
  const tone =
    isPartial || plan === "conflict" ? "warn" : plan === "invalid" ? "bad" : plan === "unchanged" ? "quiet" : "plain";
  return (
    <span className={styles.plan} data-tone={tone}>
      {isPartial ? batchPlanTexts.willBePartial : batchPlanTexts.willBe[plan]}
    </span>
  );
}
