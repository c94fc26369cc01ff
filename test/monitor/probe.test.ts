import { expect, it } from "vitest";
import { Problem } from "../../contract/problem.ts";
import { makeMonitor } from "../../monitor/monitor.ts";
import { startProbe } from "../../monitor/start-probe.ts";

it("a process tells on a port of its own whether it lives and can work, and its metrics, and nothing else", async () => {
  const monitor = makeMonitor();
  const probe = await startProbe(monitor, "127.0.0.1", 0);
  const ask = async (path: string, method = "GET") => {
    const answer = await fetch(`${probe.address}${path}`, { method });
    return [answer.status, await answer.text()] as const;
  };
  expect(await ask("/healthz")).toEqual([200, '{"status":"ok"}']);
  expect(await ask("/readyz")).toEqual([503, '{"status":"unavailable"}']);
  monitor.atWork = true;
  expect(await ask("/readyz?now")).toEqual([200, '{"status":"ok"}']);
  expect((await ask("/metrics"))[1]).toContain("process_cpu_seconds_total");
  expect((await ask("/v1/me"))[0]).toBe(404);
  expect((await ask("/healthz", "POST"))[0]).toBe(405);
  monitor.readiness.push(async () => {
    throw new Problem("queue_unavailable", "away");
  });
  expect(await ask("/readyz")).toEqual([503, '{"status":"queue_unavailable"}']);
  expect((await ask("/healthz"))[0]).toBe(200);
  monitor.readiness.splice(0, 1, async () => {
    throw new Error("connect ECONNREFUSED somewhere");
  });
  expect(await ask("/readyz")).toEqual([503, '{"status":"unavailable"}']);
  await probe.close();
});

it("a port that is taken is one sentence that names the setting", async () => {
  const first = await startProbe(makeMonitor(), "127.0.0.1", 0);
  const port = Number(new URL(first.address).port);
  await expect(startProbe(makeMonitor(), "127.0.0.1", port)).rejects.toThrow(
    new RegExp(`^Port ${port} is in use: .*MUSTER_METRICS_PORT`),
  );
  await first.close();
});
