import type { Batch, RowPlan, RowState } from "../../contract/batch.ts";
import { rowPlans } from "../../contract/batch.ts";
import { formatDuration, formatRate, formatTime } from "../kit/format.ts";
import { batchTexts } from "./batch-texts.ts";
import { texts } from "../kit/texts.ts";
import styles from "./BatchProgress.module.css";
import { type Segment, SegmentBar } from "../kit/SegmentBar.tsx";

const words = batchTexts.batch;

const planTones: Record<RowPlan, Segment["tone"]> = {
  create: "busy",
  update: "busy",
  restore: "busy",
  unchanged: "quiet",
  conflict: "warn",
  invalid: "bad",
  delete: "busy",
  reset: "busy",
  remove: "busy",
};

const shownStates = ["succeeded", "unchanged", "partial", "failed", "cancelled", "pending"] as const;

const stateTones: Record<RowState, Segment["tone"]> = {
  succeeded: "good",
  unchanged: "quiet",
  partial: "warn",
  failed: "bad",
  cancelled: "quiet",
  pending: "open",
};

/** Plans of operations other than creating: shown where there are some. */
const rarePlans = new Set<RowPlan>(["delete", "reset", "remove"]);

/** Before the start what is planned, after it how far it came, with rate and time left. */
export function BatchProgress({ batch }: { batch: Batch }) {
  const started = batch.startedAt !== null || batch.state === "cancelled";
  const segments: Segment[] = started
    ? shownStates.map((state) => ({
        key: state,
        label: words.states[state],
        count: batch.totals[state],
        tone: stateTones[state],
        search: { state },
      }))
    : rowPlans
        .filter((plan) => batch.plan[plan] > 0 || !rarePlans.has(plan))
        .map((plan) => ({
          key: plan,
          label: words.plan[plan],
          hint: words.planHints[plan],
          count: batch.plan[plan],
          tone: planTones[plan],
          search: { step: "plan", plan },
        }));
  return (
    <section className={styles.progress} aria-label={started ? words.progressHeading : words.planHeading}>
      <div className={styles.head}>
        <h2 className={styles.title}>{started ? <Percent batch={batch} /> : texts.units.rows(batch.totals.rows)}</h2>
        <p className={styles.pace} aria-live="off">
          {pace(batch).join(" · ")}
        </p>
      </div>
      <SegmentBar label={started ? words.legend : words.legendPlan} segments={segments} />
    </section>
  );
}

function Percent({ batch: { totals } }: { batch: Batch }) {
  const ended = totals.rows - totals.pending;
  return (
    <>
      {words.done(Math.floor((ended / totals.rows) * 100))}{" "}
      <span className={styles.of}>{texts.common.of(ended, totals.rows)}</span>
    </>
  );
}

function pace({ state, rowsPerSecond, etaSeconds, startAt, startedAt, finishedAt }: Batch): string[] {
  const parts: string[] = [];
  if (state === "scheduled" && startAt !== null) parts.push(words.scheduled(formatTime(startAt)));
  if (rowsPerSecond !== null && (state === "running" || state === "finished")) {
    parts.push(words.rate(formatRate(rowsPerSecond)));
  }
  if (state === "running" && etaSeconds !== null) parts.push(words.left(formatDuration(etaSeconds)));
  if (startedAt !== null && finishedAt !== null) {
    parts.push(words.took(formatDuration((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000)));
  }
  return parts;
}
