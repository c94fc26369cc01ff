import { configDefaults, defineConfig } from "vitest/config";
import { FileOrder } from "./test/support/file-order.ts";
import { queueOnly } from "./test/support/queue-backends.ts";

/** What needs no database and is quick: `npm run test:unit`. */
const unit = [
  "test/{ui,contract,icons,deploy}/**/*.test.ts",
  "test/files/!(xlsx-*|corpus|linear-time|read-table|write-csv|read-row).test.ts",
  "test/settings.test.ts",
];
/** What keeps nothing in its process. */
const shared = ["test/{api,core,worker}/**/*.test.ts"];
/** What has no queue behind it, or looks at pages whatever the queue is: for a second run, on another queue, with `TEST_QUEUE_ONLY`. */
const withoutQueue = [
  "test/*.test.ts",
  "test/{boot,contract,core,db,deploy,files,icons,load,ui}/**",
  "test/e2e/{agents,every-dialog,every-page,half-filled,serving,two-factor}.test.ts",
];
const left = [...configDefaults.exclude, ...(queueOnly ? withoutQueue : [])];
const each = {
  pool: "forks",
  testTimeout: 60_000,
  hookTimeout: 60_000,
  // A browser that came late on a busy machine is asked again, twice at the most, and the report says so. What is wrong
  // fails at once.
  retry: { count: 2, condition: /: Timeout \d+ms exceeded/ },
  // As long as a browser is given for everything else; the default is one second.
  expect: { poll: { timeout: 15_000 } },
} as const;

export default defineConfig({
  test: {
    globalSetup: ["test/support/global-setup.ts"],
    // Of two cores a quarter is idle with two: some tests wait, for limits of time above all.
    maxWorkers: 3,
    sequence: { sequencer: FileOrder },
    projects: [
      // Many files in one process: to load what a file needs takes longer than most tests.
      { test: { ...each, name: "unit", isolate: false, include: unit, exclude: left } },
      { test: { ...each, name: "shared", isolate: false, include: shared, exclude: left } },
      {
        test: {
          ...each,
          name: "whole",
          include: ["test/**/*.test.ts"],
          exclude: [...left, ...unit, ...shared],
        },
      },
    ],
  },
});
