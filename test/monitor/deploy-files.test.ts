import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { parse } from "yaml";
import { measureRequests } from "../../api/http/measure-requests.ts";
import { makeMonitor } from "../../monitor/monitor.ts";
import { watchQueues } from "../../monitor/queue-metrics.ts";
import { watchStores } from "../../monitor/store-metrics.ts";
import { watchWork } from "../../monitor/work-metrics.ts";
import { makeWorkerMetrics } from "../../worker/worker-metrics.ts";
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

type Rule = { record?: string; expr: string; annotations?: Record<string, string> };

/** All metrics of Muster's own, and of its queues, each with its labels. */
function knownLabels(): Map<string, readonly string[]> {
  const monitor = makeMonitor();
  makeWorkerMetrics(monitor.registry, 1, () => 0);
  measureRequests(monitor.registry);
  watchStores(monitor, app.db, app.queues["user-creation"]);
  watchQueues(monitor, Object.values(app.queues));
  watchWork(monitor, app.db);
  // The types of the library leave the labels out.
  const metrics = monitor.registry.getMetricsAsArray() as unknown as { name: string; labelNames: string[] }[];
  const own = metrics.filter(({ name }) => /^(muster|bullmq)_/.test(name));
  return new Map(own.map(({ name, labelNames }) => [name, labelNames]));
}

/** What Prometheus adds to a metric by itself, or for a histogram. */
const common = ["instance", "job", "le"];

/** The labels that a question, or what is shown of its answer, names and that what it asks for does not have. */
function strangeLabels(expr: string, shown: string, known: ReadonlyMap<string, readonly string[]>): string[] {
  const labelsOf = (name: string) => known.get(name) ?? known.get(name.replace(/_(bucket|sum|count)$/, "")) ?? [];
  const all = [...expr.matchAll(/\b[a-z][\w:]+/g)].flatMap(([name]) => labelsOf(name));
  const selected = [...expr.matchAll(/(?<![\w:])([\w:]+)\{([^}]*)\}/g)].flatMap(([, name = "", inside = ""]) =>
    [...inside.matchAll(/(?<!\w)(\w+)\s*(?:=|!=|=~|!~)\s*"/g)].flatMap(([, label = ""]) =>
      [...labelsOf(name), ...common].includes(label) ? [] : [label],
    ),
  );
  const grouped = [...expr.matchAll(/\b(?:by|without|on|ignoring)\s*\(([^)]*)\)/g)].flatMap(([, list = ""]) =>
    list.split(",").map((label) => label.trim()),
  );
  const told = [...shown.matchAll(/\{\{\s*(?:\$labels\.)?(\w+)\s*\}\}/g)].map(([, label = ""]) => label);
  return [
    ...selected,
    ...[...grouped, ...told].filter((label) => label !== "" && ![...all, ...common].includes(label)),
  ];
}

it("the dashboard and the alerts name no label that its metric does not have", async () => {
  const known = knownLabels();
  const { groups } = parse(await readFile(alerts, "utf8")) as { groups: { rules: Rule[] }[] };
  const rules = groups.flatMap((group) => group.rules);
  for (const { record, expr } of rules) {
    const [name = ""] = record === undefined ? [] : namesIn(expr);
    if (record !== undefined) known.set(record, known.get(name) ?? []);
  }
  const dashboard = await readFile(join(folder, "muster.dashboard.json"), "utf8");
  const { panels } = JSON.parse(dashboard) as { panels: { targets: { expr: string; legendFormat: string }[] }[] };
  const asked = [
    ...rules.map(({ expr, annotations = {} }) => ({ expr, shown: Object.values(annotations).join(" ") })),
    ...panels.flatMap(({ targets }) => targets.map(({ expr, legendFormat }) => ({ expr, shown: legendFormat }))),
  ];
  const strange = ({ expr, shown }: { expr: string; shown: string }) => strangeLabels(expr, shown, known);
  expect(asked.filter((one) => strange(one).length > 0)).toEqual([]);
  const wrong = {
    expr: 'sum by (outcom) (rate(muster_rows_total{caus!=""}[5m]))',
    shown: "{{cause}} {{ $labels.roles }}",
  };
  expect(strange(wrong)).toEqual(["caus", "outcom", "roles"]);
});

it("docs/operations.md lists the metrics that there are, each with its labels", async () => {
  const text = await readFile(join(folder, "../docs/operations.md"), "utf8");
  const cells = [...text.matchAll(/^\| (`(?:muster|bullmq|nodejs)_.*?) \|/gm)].map(([, cell = ""]) => cell).join(" ");
  const listed = [...cells.matchAll(/`((?:muster|bullmq)_\w+)(?:\{([\w,]+)\})?`/g)].map(
    ([, name = "", labels = ""]) => `${name} ${labels}`,
  );
  expect(listed.toSorted()).toEqual(
    [...knownLabels()].map(([name, labels]) => `${name} ${labels.join(",")}`).toSorted(),
  );
});

it.runIf(hasPromtool)("the alerts are rules that Prometheus takes, and fire when they should", async () => {
  const { code, said } = await promtool(["check", "rules", alerts]);
  expect(said).toMatch(/SUCCESS: \d+ rules found/);
  expect(code).toBe(0);
  const tried = await promtool(["test", "rules", join(import.meta.dirname, "alerts.yml")]);
  expect(tried.said).toMatch(/SUCCESS/);
  expect(tried.code).toBe(0);
});
