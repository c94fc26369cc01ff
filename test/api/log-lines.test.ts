import { afterAll, beforeAll, expect, it } from "vitest";
import { makeLog } from "../../db/log.ts";
import { startApp, type TestApp } from "../support/app.ts";
import { eventually } from "../support/eventually.ts";

type Line = { level: string; msg: string; requestId?: string; route?: string };

let app: TestApp;
const lines: string[] = [];
beforeAll(async () => {
  app = await startApp({ log: makeLog("info", { write: (line) => lines.push(line) }) });
});
afterAll(() => app.close());

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
