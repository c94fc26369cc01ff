import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/global-setup.ts"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A browser that came late on a busy machine is asked once more, and the report says so. What is wrong fails at once.
    retry: { count: 1, condition: /: Timeout \d+ms exceeded/ },
    // As long as a browser is given for everything else; the default is one second.
    expect: { poll: { timeout: 15_000 } },
  },
});
