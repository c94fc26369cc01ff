/** Waits for `promise`, but no longer than `limitMs`; what it waited for goes on. @throws Error after the limit. */
export async function within<T>(limitMs: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new OutOfTime(limitMs)), limitMs);
  });
  try {
    return await Promise.race([promise, limit]);
  } finally {
    clearTimeout(timer);
  }
}

/** Something took longer than it may. */
class OutOfTime extends Error {
  override name = "OutOfTime";

  constructor(limitMs: number) {
    super(`Nothing after ${limitMs} ms`);
  }
}
