/** Runs work, of which only so much is under way at a time; the rest waits in the order in which it came. */
export type Turns = <T>(work: () => Promise<T>) => Promise<T>;

/** Makes turns for `atOnce` works. */
export function makeTurns(atOnce: number): Turns {
  let free = atOnce;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}
