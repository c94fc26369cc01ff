import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startApp, type TestApp } from "../support/app.ts";
import { hasPromtool, promtool } from "../support/promtool.ts";

const folder = join(import.meta.dirname, "../../deploy");
const alerts = join(folder, "muster.rules.yml");

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

/** Names of metrics in the questions of a file, without what a histogram adds to its own. */
function namesIn(text: string): string[] {
  const names = [...text.matchAll(/\b(?:muster|bullmq|nodejs|process)_\w+/g)].map(([name]) => name);
  return [...new Set(names.map((name) => name.replace(/_(bucket|sum|count)$/, "")))];
}

it("the dashboard and the alerts ask for metrics that Muster has, and for all of its own but one", async () => {
  const { text } = await app.request<string>("/metrics");
  const told = new Set([...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name = ""]) => name.replace(/_count$/, "")));
  const dashboard = await readFile(join(folder, "muster.dashboard.json"), "utf8");
  const { panels } = JSON.parse(dashboard) as { panels: { targets: { expr: string }[] }[] };
  const asked = namesIn(panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)).join("\n"));
  const alerted = namesIn(await readFile(alerts, "utf8"));
  expect([...asked, ...alerted].filter((name) => !told.has(name))).toEqual([]);
  const unasked = [...told].filter((name) => name.startsWith("muster_") && ![...asked, ...alerted].includes(name));
  expect(unasked).toEqual(["muster_queue_up"]);
});

it.runIf(hasPromtool)("the alerts are rules that Prometheus takes, and fire when they should", async () => {
  const { code, said } = await promtool(["check", "rules", alerts]);
  expect(said).toMatch(/SUCCESS: \d+ rules found/);
  expect(code).toBe(0);
  const tried = await promtool(["test", "rules", join(import.meta.dirname, "alerts.yml")]);
  expect(tried.said).toMatch(/SUCCESS/);
  expect(tried.code).toBe(0);
});
