import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { backoffDelay } from "../../worker/backoff-delay.ts";
import { describeFaults } from "../../worker/job-faults.ts";
import { makeProgress } from "../../worker/make-progress.ts";
import { withServerOptions } from "../../db/server-options.ts";
import { singleFlight } from "../../worker/single-flight.ts";
import { makeSlots } from "../../worker/slots.ts";

test("waits between attempts double, stop growing at five seconds and are never the same for all", () => {
  expect([1, 2, 3].map((attempt) => backoffDelay(attempt, () => 1))).toEqual([500, 1000, 2000]);
  expect(backoffDelay(50, () => 1)).toBe(5_000);
  expect(backoffDelay(50, () => 0)).toBe(2_500);
});

test("failed rows are told with the most frequent cause first, and rows that ended in part are not called failed", () => {
  const failed = { user_gone: 1, upn_taken: 1, changed_meanwhile: 40 };
  const partial = { seat_shortage: 3 };
  expect(describeFaults({ failed, partial: {} }, 1000)).toBe(
    "42 of 1000 rows failed: 40 changed_meanwhile, 1 upn_taken, 1 user_gone",
  );
  expect(describeFaults({ failed: {}, partial }, 1000)).toBe("3 of 1000 rows ended in part: 3 seat_shortage");
  expect(describeFaults({ failed: { upn_taken: 2 }, partial }, 1000)).toBe(
    "2 of 1000 rows failed: 2 upn_taken; 3 ended in part: 3 seat_shortage",
  );
});

test("calls while one runs cause one more run, which begins after all of them", async () => {
  let runs = 0;
  const waiting: (() => void)[] = [];
  const fly = singleFlight(async () => {
    runs += 1;
    await new Promise<void>((resolve) => waiting.push(resolve));
  });
  const first = fly();
  const [second, third] = [fly(), fly()];
  expect(runs).toBe(1);
  waiting.shift()?.();
  await first;
  await turn();
  expect(runs).toBe(2);
  waiting.shift()?.();
  await Promise.all([second, third]);
  expect(runs).toBe(2);
});

test("a run that failed does not keep the next one from happening", async () => {
  let runs = 0;
  const fly = singleFlight(async () => {
    runs += 1;
    throw new Error("no luck");
  });
  await fly();
  await fly();
  expect(runs).toBe(2);
});

test("slots are given in turn, and whoever stops waiting is passed over", async () => {
  const slots = makeSlots(1);
  const { signal } = new AbortController();
  const leaving = new AbortController();
  const order: string[] = [];
  const release = await slots.take(signal);
  const left = slots.take(leaving.signal).catch(() => order.push("left"));
  const next = slots.take(signal);
  leaving.abort();
  await left;
  release();
  release();
  (await next)();
  order.push("next");
  (await slots.take(signal))();
  expect(order).toEqual(["left", "next"]);
});

test("reports never pile up: while one is on its way only the latest waits", async () => {
  const sent: string[] = [];
  const waiting: (() => void)[] = [];
  let time = 0;
  const progress = makeProgress(
    async ({ step }) => {
      sent.push(step);
      await new Promise<void>((resolve) => waiting.push(resolve));
    },
    () => time,
  );
  progress.report("update");
  time = 100;
  progress.report("create");
  progress.report("password");
  progress.report("licenses");
  waiting.shift()?.();
  await turn();
  waiting.shift()?.();
  await progress.finish();
  expect(sent).toEqual(["create", "licenses"]);
});

test("options that the database's address asks for already are kept", () => {
  const url = withServerOptions(
    "postgres://me@db.example/muster?options=-c%20jit%3Doff&sslmode=require",
    "-c work_mem=1MB",
  );
  expect(new URL(url).searchParams.get("options")).toBe("-c jit=off -c work_mem=1MB");
  expect(new URL(url).searchParams.get("sslmode")).toBe("require");
});
