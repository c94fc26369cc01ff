import { afterAll, beforeAll, expect, it } from "vitest";
import type { Batch } from "../../contract/batch.ts";
import type { Page } from "../../contract/paging.ts";
import { makeLog } from "../../db/log.ts";
import { grantRole, makeColleague } from "../support/agents.ts";
import { startApp, type TestApp } from "../support/app.ts";
import { eventually } from "../support/eventually.ts";

type Line = {
  level: string;
  msg: string;
  requestId?: string;
  route?: string;
  batchId?: string;
  bundleId?: string;
};

let app: TestApp;
const lines: string[] = [];
beforeAll(async () => {
  app = await startApp({ log: makeLog("info", { write: (line) => lines.push(line) }) });
});
afterAll(() => app.close());

const named = (requestId: string) => ({ "x-request-id": requestId });
const told = () => lines.map((line) => JSON.parse(line) as Line);

it("the log tells of a batch from the request that made it to its end with counts, and of nobody by name", async () => {
  const { id, domain } = await app.makeCustomer([{ skuPartNumber: "SPE_E3", total: 1 }]);
  const person = (name: string) => `${name}@${domain},Planted ${name},DE,SPE_E3\n`;
  const csv = `Email,Display name,Usage location,Licenses\n${person("one")}${person("two")}`;
  const request = { csv, headers: { "x-request-id": "the-upload" } };
  const uploads = `/v1/customers/${id}/uploads?operation=create-users&fileName=planted.csv`;
  const { body: batch } = await app.request<{ id: string; no: number }>(uploads, request);
  await app.request(`/v1/batches/${batch.id}/apply`, { method: "POST", headers: { "x-request-id": "the-apply" } });
  await app.finished(batch.id);
  await app.request(`/v1/customers/${id}/users?q=planted`);
  await app.request("/healthz");
  await eventually(() => {
    const about = told().filter((line) => "batchId" in line && line.msg !== "request");
    const actor = "token:environment";
    expect(about).toMatchObject([
      { level: "info", msg: "batch created", requestId: "the-upload", actor, customerId: id, batchId: batch.id },
      { level: "info", msg: "batch applied", requestId: "the-apply", actor, batchId: batch.id },
      {
        level: "info",
        msg: "batch finished",
        batchId: batch.id,
        batchNo: batch.no,
        actor,
        rows: 2,
        succeeded: 1,
        partial: 1,
        failed: 0,
      },
    ]);
  });
  const requests = told().filter(({ msg }) => msg === "request");
  const apply = requests.find(({ requestId }) => requestId === "the-apply");
  expect(apply).toMatchObject({
    method: "POST",
    route: "/v1/batches/{batchId}/apply",
    status: 202,
    actor: "token:environment",
    batchId: batch.id,
  });
  expect(requests.some(({ route }) => route === "/v1/customers/{customerId}/users")).toBe(true);
  expect(requests.some(({ route }) => route === "/healthz")).toBe(false);
  expect(lines.join("").toLowerCase()).not.toContain("planted");
});

it("a request for one user names the batch that it made, also where it does not wait for it", async () => {
  const { id, domain } = await app.makeCustomer();
  const path = `/v1/customers/${id}/users`;
  const json = { userPrincipalName: `one@${domain}`, displayName: "One" };
  const made = await app.request<{ id: string; batchId: string }>(path, {
    json,
    headers: { ...named("one-made"), prefer: "wait=30" },
  });
  const one = `${path}/${made.body.id}`;
  const changed = { method: "PATCH", json: { city: "Bonn" }, headers: { ...named("one-changed"), prefer: "wait=30" } };
  const { batchId } = (await app.request<{ batchId: string }>(one, changed)).body;
  const unwaited = { method: "DELETE", headers: named("one-deleted") };
  const deleting = (await app.request<{ id: string }>(one, unwaited)).body.id;
  await eventually(() => {
    const about = Object.fromEntries(
      told().flatMap((line) => (line.msg === "request" ? [[line.requestId, line.batchId]] : [])),
    );
    expect(about).toMatchObject({ "one-made": made.body.batchId, "one-changed": batchId, "one-deleted": deleting });
  });
});

it("a file for many customers is told of as it is made, applied and resumed, and its batches name it", async () => {
  const customers = [await app.makeCustomer(), await app.makeCustomer()];
  const csv = `Email,Display name\n${customers.map(({ domain }) => `one@${domain},One\n`).join("")}`;
  const { body: bundle } = await app.request<{ id: string }>("/v1/bundles?operation=create-users", {
    csv,
    headers: named("file-made"),
  });
  const act = (name: string) =>
    app.request(`/v1/bundles/${bundle.id}/${name}`, { json: {}, headers: named(`file-${name}`) });
  await act("apply");
  await act("resume");
  await eventually(() => {
    const about = told().filter(({ bundleId }) => bundleId === bundle.id);
    expect(about.map(({ msg, requestId }) => `${msg} ${requestId ?? ""}`.trim()).toSorted()).toEqual([
      "batch finished",
      "batch finished",
      "bundle applied file-apply",
      "bundle created file-made",
      "bundle resumed file-resume",
      "request file-apply",
      "request file-resume",
    ]);
  });
});

it("a question about a file for many customers is told of as it is taken back", async () => {
  const { id, domain } = await app.makeCustomer();
  const agent = await makeColleague(app);
  await grantRole(app, agent, { id }, "userAdministrator");
  await app.finished((await app.upload(id, `Email,Display name\none@${domain},One\n`, "&apply=true")).id);
  const limits = { users: 0, percent: null, admins: false };
  await app.request(`/v1/customers/${id}/brakes`, { method: "PUT", json: { limits } });
  const path = "/v1/bundles?operation=delete-users&apply=true";
  const csv = `Email\none@${domain}\n`;
  const { body: bundle } = await app.request<{ id: string }>(path, { csv, key: agent.key });
  const headers = named("file-taken-back");
  const asked = await app.request<Page<Batch>>(`/v1/batches?bundleId=${bundle.id}`);
  const plans = asked.body.items.map((batch) => ({ batchId: batch.id, planVersion: batch.planVersion }));
  await app.request(`/v1/bundles/${bundle.id}/refuse`, { json: { plans }, key: agent.key, headers });
  await eventually(() => {
    const refused = told().filter(({ msg }) => msg === "bundle refused");
    expect(refused).toMatchObject([{ bundleId: bundle.id, actor: agent.id, requestId: "file-taken-back" }]);
  });
});

it("a batch that stops because its agent may do it no more is told of, with the cause", async () => {
  const { id, domain } = await app.makeCustomer();
  const agent = await makeColleague(app);
  const grant = await grantRole(app, agent, { id }, "userAdministrator");
  const batch = await app.upload(id, `Email,Display name\none@${domain},One\n`);
  const json = { startAt: new Date(Date.now() + 3_600_000).toISOString() };
  await app.request(`/v1/batches/${batch.id}/apply`, { key: agent.key, json });
  await app.request(`/v1/customers/${id}/grants/${grant.id}`, { method: "DELETE" });
  await app.db.sql`update batches set start_at = now() where id = ${batch.id}`;
  await eventually(() => {
    const paused = told().filter(({ msg }) => msg === "batch paused");
    expect(paused).toMatchObject([{ batchId: batch.id, customerId: id, actor: agent.id, code: "forbidden" }]);
  });
});
