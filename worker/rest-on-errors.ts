/** What this needs of a BullMQ Worker of either backend. */
export type Resting = {
  on(event: "error", listener: () => void): unknown;
  pause(doNotWaitActive: boolean): Promise<void>;
  resume(): Promise<void>;
  closing: Promise<void> | undefined;
};

const WINDOW_MS = 1_000;
const MANY = 5;
const REST_MS = 1_000;

/**
 * Lets a Worker rest for a second when its queue answers with one error after the other: BullMQ asks again at once, and a
 * Postgres that is recovering from a crash (57P03) would spend its time on refusing us.
 */
export function restOnErrors(worker: Resting): void {
  let since = 0;
  let errors = 0;
  let resting = false;
  worker.on("error", () => {
    const now = Date.now();
    if (now - since > WINDOW_MS) {
      since = now;
      errors = 0;
    }
    errors += 1;
    if (errors < MANY || resting) return;
    resting = true;
    worker.pause(true).catch(() => {});
    setTimeout(() => {
      resting = false;
      if (!worker.closing) worker.resume().catch(() => {});
    }, REST_MS);
  });
}
