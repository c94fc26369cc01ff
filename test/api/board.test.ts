import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Batch, Row } from "../../contract/batch.ts";
import type { Chunk } from "../../contract/chunk.ts";
import { queueNames } from "../../contract/operations.ts";
import { newId } from "../../db/new-id.ts";
import { eventually } from "../support/eventually.ts";
import { startApp, type TestApp } from "../support/app.ts";

let app: TestApp;
let session: Record<string, string>;
beforeAll(async () => {
  app = await startApp();
  session = await app.signIn();
});
afterAll(() => app.close());

const queue = "user-creation";
const api = "/queues/api/queues";

/** A finished batch of three users and one seat, and its failed job. */
async function failedJob(): Promise<{ batch: Batch; customerId: string; skuId: string; jobId: string }> {
  const customer = await app.makeCustomer([{ skuPartNumber: "SPE_E3", total: 1 }]);
  const rows = [1, 2, 3].map((at) => `Person ${at},p${at}@${customer.domain},DE,SPE_E3`);
  const file = `Display name,Email,Usage location,Licenses\n${rows.join("\n")}\n`;
  const { id } = await app.upload(customer.id, file, "&apply=true");
  const batch = await app.finished(id);
  expect(batch.totals).toMatchObject({ succeeded: 1, partial: 2 });
  const job = await eventually(async () => {
    const failed = await app.queues[queue].getFailed(0, 100);
    return failed.find(({ data }) => (data as { batchId: string }).batchId === id) ?? false;
  });
  if (job === false) throw new Error("the job did not fail");
  const products = await app.request<{ items: { skuId: string }[] }>(`/v1/customers/${customer.id}/products`);
  const skuId = products.body.items[0]?.skuId ?? "";
  return { batch, customerId: customer.id, skuId, jobId: job.id ?? "" };
}

async function addSeats({ customerId, skuId }: { customerId: string; skuId: string }): Promise<void> {
  await app.request(`/v1/customers/${customerId}/products/${skuId}`, { method: "PATCH", json: { total: 3 } });
}

const retry = (jobId: string, options: object = { key: null, headers: session }) =>
  app.refused(`${api}/${queue}/${jobId}/retry`, { method: "PUT", ...options });

describe("Bull Board", () => {
  it("shows one queue for each kind of work, and nothing of it from another site", async () => {
    const answer = await app.request<{ queues: { name: string }[] }>(api, { key: null, headers: session });
    expect(answer.body.queues.map(({ name }) => name).toSorted()).toEqual(queueNames.toSorted());
    const page = await app.request("/queues/", { key: null, headers: session });
    const policy = page.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("style-src 'self' 'unsafe-inline'");
    expect(policy).toContain("font-src 'none'");
  });

  it("serves its own script under the policy", async () => {
    const page = await app.request<string>("/queues/", { key: null, headers: session });
    const script = /static\/js\/[\w.-]+\.js/.exec(page.text)?.[0];
    expect((await app.request(`/queues/${script}`, { key: null, headers: session })).status).toBe(200);
  });

  it("has the job that a row and its chunk name, and a row that no job took up names none", async () => {
    const customer = await app.makeCustomer();
    const file = `Display name,Email\nAda,ada@${customer.domain}\nBad,@@\n`;
    const { id } = await app.upload(customer.id, file);
    const rowsOf = async () => (await app.request<{ items: Row[] }>(`/v1/batches/${id}/rows`)).body.items;
    const chunksOf = async () => (await app.request<{ items: Chunk[] }>(`/v1/batches/${id}/chunks`)).body.items;
    expect((await rowsOf()).map(({ job }) => job)).toEqual([null, null]);
    expect(await chunksOf()).toMatchObject([{ no: 1, rowFrom: 1, rowTo: 2, state: "planned", run: 0, job: null }]);
    await app.apply(id);
    await app.finished(id);
    const [made, refused] = await rowsOf();
    expect(refused?.job).toBeNull();
    expect(made?.job?.queue).toBe(queue);
    expect((await chunksOf())[0]).toMatchObject({ state: "done", run: 1, job: made?.job, totals: { succeeded: 1 } });
    expect((await app.queues[queue].getJob(made?.job?.jobId ?? ""))?.data).toMatchObject({ batchId: id, chunkNo: 1 });
  });

  it("shows a job that is over as whole, alone and in its list", async () => {
    const { jobId } = await failedJob();
    const { body: alone } = await app.request<{ job: { progress: number } }>(`${api}/${queue}/${jobId}`);
    expect(alone.job.progress).toBe(100);
    const { body: all } = await app.request<{ queues: { name: string; jobs: { id: string; progress: number }[] }[] }>(
      `${api}?activeQueue=${queue}&status=failed&page=1&jobsPerPage=100`,
    );
    const listed = all.queues.find(({ name }) => name === queue)?.jobs.find(({ id }) => id === jobId);
    expect(listed?.progress).toBe(100);
  });

  it("leads from a job to its batch, and names nobody", async () => {
    const { batch, jobId } = await failedJob();
    const { text, body } = await app.request<{ job: { externalUrl: { href: string }; failedReason: string } }>(
      `${api}/${queue}/${jobId}`,
    );
    expect(body.job.externalUrl.href).toBe(`/batches/${batch.id}`);
    expect(body.job.failedReason).toContain("2 seat_shortage");
    expect(text).not.toMatch(/Person|p1@/);
  });
});

describe("retrying a failed job", () => {
  it("runs only the rows that failed", async () => {
    const failed = await failedJob();
    await addSeats(failed);
    expect((await retry(failed.jobId)).status).toBe(204);
    await eventually(async () => {
      const { body } = await app.request<Batch>(`/v1/batches/${failed.batch.id}`);
      expect(body).toMatchObject({ state: "finished", totals: { succeeded: 3, partial: 0 } });
    });
    const audit = await app.db.sql`select actor_name, operation from audit
      where batch_id = ${failed.batch.id} and operation = 'retry_batch'`;
    expect(audit).toHaveLength(1);
    const jobs = await app.db.sql`select actor_name, customer_id, after from audit
      where batch_id = ${failed.batch.id} and operation = 'retry_job'`;
    expect(jobs).toEqual([
      { actor_name: "admin", customer_id: failed.customerId, after: { queue, jobId: failed.jobId } },
    ]);
    const attempts = await app.db.sql<{ attempts: number }[]>`
      select attempts from row_results where batch_id = ${failed.batch.id} order by row_no`;
    expect(attempts.map((row) => row.attempts)).toEqual([1, 2, 2]);
  });

  it("twice at once runs once", async () => {
    const failed = await failedJob();
    await addSeats(failed);
    const statuses = (await Promise.all([retry(failed.jobId), retry(failed.jobId)])).map(({ status }) => status);
    expect(statuses.filter((status) => status === 204).length).toBeGreaterThanOrEqual(1);
    expect(statuses.every((status) => status === 204 || status === 409)).toBe(true);
    expect((await app.finished(failed.batch.id)).totals.succeeded).toBe(3);
  });

  it("that Muster has retried already is gone, and nothing of it runs twice", async () => {
    const failed = await failedJob();
    await addSeats(failed);
    await app.request(`/v1/batches/${failed.batch.id}/retry`, { json: {} });
    expect((await app.finished(failed.batch.id)).totals.succeeded).toBe(3);
    await eventually(async () => expect((await retry(failed.jobId)).body.code).toBe("not_found"));
    expect(await app.queues[queue].getJob(failed.jobId)).toBeUndefined();
  });

  it("that completed is refused", async () => {
    const customer = await app.makeCustomer();
    const { id } = await app.upload(customer.id, `Display name,Email\nA,a@${customer.domain}\n`, "&apply=true");
    await app.finished(id);
    const job = await eventually(async () => {
      const done = await app.queues[queue].getCompleted(0, 100);
      return done.find(({ data }) => (data as { batchId: string }).batchId === id) ?? false;
    });
    expect((await retry(job === false ? "" : (job.id ?? ""))).body.code).toBe("batch_state");
  });

  it("that is not there is refused", async () => {
    expect((await retry(`${newId()}-1-1`)).body.code).toBe("not_found");
    const elsewhere = await app.refused(`${api}/nothing/x/retry`, { method: "PUT", key: null, headers: session });
    expect(elsewhere.body.code).toBe("not_found");
  });

  it("all of a queue runs those that can be", async () => {
    const failed = await failedJob();
    await addSeats(failed);
    const answer = await app.request<{ retried: number }>(`${api}/${queue}/retry/failed`, {
      method: "PUT",
      key: null,
      headers: session,
    });
    expect(answer.body.retried).toBeGreaterThanOrEqual(1);
    await eventually(async () => (await app.finished(failed.batch.id)).totals.succeeded === 3);
  });

  it.each([
    ["from another site", { "sec-fetch-site": "cross-site" }],
    ["from nowhere", {}],
  ])("%s is refused", async (_from, headers) => {
    const { cookie = "" } = session;
    const answer = await retry("x-1-1", { key: null, headers: { cookie, ...headers } });
    expect(answer.body.code).toBe("cross_site");
  });
});

describe("everything else that Bull Board can do", () => {
  it.each([
    ["PUT", "/pause"],
    ["PUT", "/resume"],
    ["PUT", `/${queue}/pause`],
    ["PUT", `/${queue}/resume`],
    ["PUT", `/${queue}/empty`],
    ["PUT", `/${queue}/obliterate`],
    ["PUT", `/${queue}/promote`],
    ["PUT", `/${queue}/retry/completed`],
    ["PUT", `/${queue}/clean/failed`],
    ["PUT", `/${queue}/concurrency`],
    ["POST", `/${queue}/add`],
    ["PUT", `/${queue}/x/clean`],
    ["PUT", `/${queue}/x/promote`],
    ["PATCH", `/${queue}/x/update-data`],
    ["PUT", `/${queue}/rate-limit`],
    ["DELETE", `/${queue}/job-schedulers/x`],
  ])("%s %s is refused to an admin as well", async (method, path) => {
    const answer = await app.refused(api + path, { method, json: {}, key: null, headers: session });
    expect(answer.status).toBe(403);
    expect(answer.body.code).toBe("forbidden");
  });
});
