import { afterEach, expect, it, vi } from "vitest";
import { holdLook } from "../../monitor/hold-look.ts";

afterEach(() => vi.useRealTimers());

it("a look serves all who ask within its time, and no longer where the clock is set back meanwhile", async () => {
  let looks = 0;
  const ask = holdLook(50, async () => {
    looks += 1;
  });
  await Promise.all([ask(), ask()]);
  expect(looks).toBe(1);
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() - 3_600_000 });
  await vi.waitUntil(async () => {
    await ask();
    return looks > 1;
  });
});
