/** The median of `times`. */
export function middle(times: readonly number[]): number {
  return times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? 0;
}

/** Median milliseconds of what is done `tries` times, one after the other. */
export async function medianMs(tries: number, act: () => PromiseLike<unknown>): Promise<number> {
  const times: number[] = [];
  for (let at = 0; at < tries; at++) {
    const started = performance.now();
    await act();
    times.push(performance.now() - started);
  }
  return middle(times);
}
