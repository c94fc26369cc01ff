import type { RowStep } from "../contract/batch.ts";

/**
 * The progress of a job as Bull Board shows it, which draws its ring from the number in `progress`: roughly how much of the
 * chunk, in percent, lies behind the step under way. That a job is over, Bull Board sees without it (`api/board/`).
 */
export type Progress = { step: RowStep; progress: number };

const percents: Record<RowStep, number> = {
  update: 10,
  create: 20,
  delete: 20,
  restore: 20,
  remove: 20,
  password: 50,
  permissions: 60,
  licenses: 70,
};

// A short job is over before anybody looks, and each report costs the queue 1 ms.
const SHORT_MS = 50;

/**
 * Makes a reporter that never holds up the chunk, whose transaction holds locks: reports are sent in the background, one at a
 * time, and only the latest counts. A job shorter than 50 ms reports no step. `finish` waits for the report under way.
 */
export function makeProgress(
  send: (progress: Progress) => Promise<void>,
  now: () => number = performance.now.bind(performance),
): { report(step: RowStep): void; finish(): Promise<void> } {
  const startedAt = now();
  let sending: Promise<void> | undefined;
  let latest: Progress | undefined;

  async function sendLatest(): Promise<void> {
    for (let progress = latest; progress; progress = latest) {
      latest = undefined;
      // A report that gets lost is no loss.
      await send(progress).catch(() => {});
    }
    sending = undefined;
  }

  return {
    report(step) {
      if (now() - startedAt < SHORT_MS) return;
      latest = { step, progress: percents[step] };
      sending ??= sendLatest();
    },
    async finish() {
      latest = undefined;
      await sending;
    },
  };
}
