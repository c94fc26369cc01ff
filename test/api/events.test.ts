import { afterAll, beforeAll, expect, it } from "vitest";
import { newId } from "../../db/new-id.ts";
import { eventually } from "../support/eventually.ts";
import { openEvents } from "../support/event-stream.ts";
import { makeColleague } from "../support/agents.ts";
import { startApp, type TestApp } from "../support/app.ts";

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

async function openStream(headers: Record<string, string> = {}) {
  return await openEvents(`${app.url}/v1/events`, { authorization: `Bearer ${app.key}`, ...headers });
}

const notify = (batchId: string) => app.db.sql`select pg_notify('muster_batch', ${batchId})`;

it("a page that listens hears that a batch moved, until it has finished", async () => {
  const stream = await openStream();
  expect(stream.headers.get("content-type")).toContain("text/event-stream");
  expect(stream.headers.get("x-accel-buffering")).toBe("no");
  const customer = await app.makeCustomer();
  const batch = await app.upload(customer.id, `Display name,Email\nAda,ada@${customer.domain}\n`, "&apply=true");
  await app.finished(batch.id);
  await eventually(() => stream.events().some(({ data }) => data["batchId"] === batch.id));
  const seqs = stream.events().map(({ data }) => Number(data["seq"]));
  expect(seqs).toEqual([...seqs].sort((one, other) => one - other));
  stream.close();
});

it("a hundred moves at once are at most one hint in 250 ms, and the last is not lost", async () => {
  const stream = await openStream();
  const [busy, other] = [newId(), newId()];
  for (let moves = 0; moves < 100; moves += 1) await notify(busy);
  await notify(other);
  const hintsOf = (id: string) => stream.events().filter(({ data }) => data["batchId"] === id);
  await eventually(() => hintsOf(other).length === 1);
  const before = hintsOf(busy).length;
  await notify(busy);
  await eventually(() => hintsOf(busy).length > before);
  const times = hintsOf(busy).map(({ at }) => at);
  const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
  expect(times.length).toBeLessThan(30);
  expect(Math.min(...gaps)).toBeGreaterThan(150);
  stream.close();
});

it("a page in a browser listens with its cookie", async () => {
  const { cookie = "" } = await app.signIn();
  const stream = await openEvents(`${app.url}/v1/events`, { cookie });
  expect(stream.status).toBe(200);
  stream.close();
});

it("a page that comes back is told to look at everything again", async () => {
  const stream = await openStream({ "last-event-id": "7" });
  await eventually(() => stream.events().length > 0);
  expect(stream.events()[0]?.event).toBe("resync");
  stream.close();
});

it("after the connection to the database was lost, every page is told to look again", async () => {
  const stream = await openStream();
  await eventually(() => stream.text() !== "");
  await app.db.sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name like 'muster listener%'`;
  await eventually(() => stream.events().some(({ event }) => event === "resync"));
  const id = newId();
  await eventually(async () => {
    await notify(id);
    return stream.events().some(({ data }) => data["batchId"] === id);
  });
  expect(stream.ended()).toBe(false);
  stream.close();
});

it("an agent has so many streams and no more, and one that is closed makes room", async () => {
  const agent = await makeColleague(app);
  const headers = { authorization: `Bearer ${agent.key}` };
  const open = () => openEvents(`${app.url}/v1/events`, headers);
  const streams = await Promise.all(Array.from({ length: 20 }, open));
  expect(streams.every(({ status }) => status === 200)).toBe(true);
  expect((await app.refused("/v1/events", { key: agent.key })).body.code).toBe("rate_limited");
  expect((await app.request("/v1/me", { key: agent.key })).status).toBe(200);
  streams.pop()?.close();
  const again = await eventually(async () => {
    const stream = await open();
    if (stream.status !== 200) throw new Error("no room yet");
    return stream;
  });
  for (const stream of [...streams, again]) stream.close();
});

it("a stream ends with the session that opened it", async () => {
  const headers = await app.signIn();
  const stream = await openEvents(`${app.url}/v1/events`, headers);
  expect([stream.status, stream.ended()]).toEqual([200, false]);
  await app.request("/api/auth/sign-out", { method: "POST", key: null, headers });
  await eventually(() => stream.ended(), { timeoutMs: 30_000 });
});

it("a server that stops ends its streams and does not hang", async () => {
  const other = await startApp({ workers: false });
  const stream = await openEvents(`${other.url}/v1/events`, { authorization: `Bearer ${other.key}` });
  const started = Date.now();
  await other.stopServing();
  await eventually(() => stream.ended());
  const ms = Date.now() - started;
  await other.close();
  // After five seconds it would break off what is open still.
  expect(ms).toBeLessThan(4_500);
});
