/** Whether something is heard of often enough. */
export type Standing = {
  /** It was heard of. */
  heard(): void;
  close(): void;
};

const CHECK_MS = 1_000;

/** Calls `stepDown` once nothing was heard for `limitMs`, and `stepUp` when something is heard again after that. */
export function makeStanding({
  limitMs,
  stepDown,
  stepUp,
}: {
  limitMs: number;
  stepDown: () => void;
  stepUp: () => void;
}): Standing {
  let heardAt = performance.now();
  let down = false;
  const checking = setInterval(() => {
    if (down || performance.now() - heardAt <= limitMs) return;
    down = true;
    stepDown();
  }, CHECK_MS);
  return {
    heard() {
      heardAt = performance.now();
      if (!down) return;
      down = false;
      stepUp();
    },
    close() {
      clearInterval(checking);
    },
  };
}
