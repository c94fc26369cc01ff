import { ArrowSyncRegular } from "@fluentui/react-icons/svg/arrow-sync";
import { CheckmarkCircleFilled } from "@fluentui/react-icons/svg/checkmark-circle";
import { CircleRegular } from "@fluentui/react-icons/svg/circle";
import { ClockRegular } from "@fluentui/react-icons/svg/clock";
import { DismissCircleFilled } from "@fluentui/react-icons/svg/dismiss-circle";
import { EqualCircleRegular } from "@fluentui/react-icons/svg/equal-circle";
import { PauseCircleRegular } from "@fluentui/react-icons/svg/pause-circle";
import { ProhibitedRegular } from "@fluentui/react-icons/svg/prohibited";
import { ShieldPersonRegular } from "@fluentui/react-icons/svg/shield-person";
import { WarningFilled } from "@fluentui/react-icons/svg/warning";
import type { ComponentType } from "react";
import type { Batch, BatchState, RowPlan, RowState } from "../../contract/batch.ts";
import { batchOutcome } from "./batch-outcome.ts";
import { batchTexts } from "./batch-texts.ts";
import styles from "./Status.module.css";

type Tone = "good" | "bad" | "warn" | "busy" | "quiet";
type Look = { tone: Tone; icon: ComponentType };

const states: Record<BatchState | RowState, Look> = {
  staging: { tone: "busy", icon: ArrowSyncRegular },
  ready: { tone: "busy", icon: CircleRegular },
  awaiting_approval: { tone: "warn", icon: ShieldPersonRegular },
  scheduled: { tone: "busy", icon: ClockRegular },
  running: { tone: "busy", icon: ArrowSyncRegular },
  paused: { tone: "warn", icon: PauseCircleRegular },
  finished: { tone: "good", icon: CheckmarkCircleFilled },
  rejected: { tone: "bad", icon: DismissCircleFilled },
  pending: { tone: "quiet", icon: CircleRegular },
  succeeded: { tone: "good", icon: CheckmarkCircleFilled },
  unchanged: { tone: "quiet", icon: EqualCircleRegular },
  partial: { tone: "warn", icon: WarningFilled },
  failed: { tone: "bad", icon: DismissCircleFilled },
  cancelled: { tone: "quiet", icon: ProhibitedRegular },
};

/** How a batch stands, in a sign and words; one that ended with failures does not look like one that succeeded. */
export function BatchStatus(batch: { state: BatchState; totals?: Batch["totals"] }) {
  const { look, word } = batchOutcome(batch);
  return <Status look={states[look]} word={word} />;
}

/** How a row ended, in a sign and a word. */
export function RowStatus({ state }: { state: RowState }) {
  return <Status look={states[state]} word={batchTexts.batch.states[state]} />;
}

/** What is planned for a row. */
export function RowPlanWord({ plan }: { plan: RowPlan }) {
  const tone = plan === "invalid" ? "bad" : plan === "conflict" ? "warn" : plan === "unchanged" ? "quiet" : "plain";
  return (
    <span className={styles.plan} data-tone={tone}>
      {batchTexts.batch.plan[plan]}
    </span>
  );
}

function Status({ look: { tone, icon: Icon }, word }: { look: Look; word: string }) {
  return (
    <span className={styles.status} data-tone={tone}>
      <Icon />
      {word}
    </span>
  );
}
