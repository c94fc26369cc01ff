/** What this needs of a BullMQ Worker of either backend. */
export type Braked = {
  on(event: "error", listener: () => void): unknown;
  pause(doNotWaitActive: boolean): Promise<void>;
  resume(): Promise<void>;
  closing: Promise<void> | undefined;
};

/** Keeps a Worker from taking jobs. */
export type Brake = {
  /** Takes no more jobs until `release`. */
  hold(): void;
  release(): void;
};

const WINDOW_MS = 1_000;
const MANY = 5;
const REST_MS = 1_000;

/**
 * Makes the brake of `worker`, which also pulls itself for a second when the queue answers with one error after the
 * other: BullMQ asks again at once, and a Postgres that is recovering from a crash (57P03) would spend its time on
 * refusing us.
 */
export function makeBrake(worker: Braked): Brake {
  let since = 0;
  let errors = 0;
  let resting = false;
  let held = false;

  function set(): void {
    if (worker.closing) return;
    (resting || held ? worker.pause(true) : worker.resume()).catch(() => {});
  }

  worker.on("error", () => {
    const now = performance.now();
    if (now - since > WINDOW_MS) {
      since = now;
      errors = 0;
    }
    errors += 1;
    if (errors < MANY || resting) return;
    resting = true;
    set();
    setTimeout(() => {
      resting = false;
      set();
    }, REST_MS);
  });

  return {
    hold() {
      held = true;
      set();
    },
    release() {
      if (!held) return;
      held = false;
      set();
    },
  };
}
