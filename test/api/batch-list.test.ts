import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Batch, Row } from "../../contract/batch.ts";
import type { Page } from "../../contract/paging.ts";
import { batchFields } from "../../core/batches/read/batch-view.ts";
import { grantRole, makeColleague, type Colleague } from "../support/agents.ts";
import { startApp, type TestApp } from "../support/app.ts";

let app: TestApp;
let customer: { id: string; domain: string };
let colleague: Colleague;
/** Batches by what is told of them. */
const made: Record<"sound" | "failed" | "partial" | "byColleague" | "deletion", string> = {
  sound: "",
  failed: "",
  partial: "",
  byColleague: "",
  deletion: "",
};
beforeAll(async () => {
  app = await startApp();
  customer = await app.makeCustomer([{ skuPartNumber: "SPE_E3", total: 0 }]);
  colleague = await makeColleague(app);
  await grantRole(app, colleague, customer, "globalAdministrator");
  const header = "Display name,Email,Usage location,Licenses";
  const send = async (row: string) => (await app.upload(customer.id, `${header}\n${row}\n`, "&apply=true")).id;
  made.sound = await send(`Ana,ana@${customer.domain},,`);
  made.failed = await send("Bo,@@,,");
  made.partial = await send(`Cem,cem@${customer.domain},NL,SPE_E3`);
  const json = (operation: string) => ({ operation, rows: [{ userPrincipalName: `ana@${customer.domain}` }] });
  const path = `/v1/customers/${customer.id}/batches`;
  for (const id of [made.sound, made.failed, made.partial]) await app.finished(id);
  const change = { operation: "updateUsers", select: { filter: { q: "ana" } }, change: { city: "Lund" } };
  made.byColleague = (await app.request<Batch>(path, { json: change, key: colleague.key })).body.id;
  await app.finished(made.byColleague);
  made.deletion = (await app.request<Batch>(path, { json: json("deleteUsers") })).body.id;
  await app.finished(made.deletion);
});
afterAll(() => app.close());

const planned = async () => await app.upload(customer.id, `Display name,Email\nDo,do@${customer.domain}\n`);

/** The names of the batches that `query` finds. */
async function found(query: string): Promise<string[]> {
  const answer = await app.request<Page<Batch>>(`/v1/batches?count=true&customerId=${customer.id}&${query}`);
  expect(answer.status).toBe(200);
  expect(answer.body.total).toBe(answer.body.items.length);
  const ids = new Set(answer.body.items.map(({ id }) => id));
  return Object.entries(made).flatMap(([name, id]) => (ids.has(id) ? [name] : []));
}

describe("batches are found", () => {
  it("by their operation", async () => {
    expect(await found("operation=createUsers")).toEqual(["sound", "failed", "partial"]);
    expect(await found("operation=deleteUsers")).toEqual(["deletion"]);
    expect((await app.refused("/v1/batches?operation=delete-users")).body.code).toBe("body_invalid");
  });

  it("by who made them, whose id each batch tells", async () => {
    expect(await found(`agentId=${colleague.id}`)).toEqual(["byColleague"]);
    expect(await found("agentId=token:environment")).toEqual(["sound", "failed", "partial", "deletion"]);
    const { body } = await app.request<Batch>(`/v1/batches/${made.byColleague}`);
    expect(body.createdById).toBe(colleague.id);
  });

  it("by whether rows failed or ended in part", async () => {
    expect(await found("hasFailures=true")).toEqual(["failed", "partial"]);
    expect(await found("hasFailures=false")).toEqual(["sound", "byColleague", "deletion"]);
    expect(await found("hasFailures=true&state=running")).toEqual([]);
  });

  it("by a cause of their rows", async () => {
    expect(await found("code=seat_shortage")).toEqual(["partial"]);
    expect(await found("code=upn_invalid")).toEqual(["failed"]);
    expect(await found("code=upn_taken")).toEqual([]);
  });

  it("and a batch of one row names whom it is about, one of more rows nobody", async () => {
    const person = async (id: string) => (await app.request<Batch>(`/v1/batches/${id}`)).body.person;
    expect(await person(made.deletion)).toEqual({ displayName: "Ana", userPrincipalName: `ana@${customer.domain}` });
    expect(await person(made.partial)).toMatchObject({ displayName: "Cem" });
    const two = await app.upload(
      customer.id,
      `Display name,Email\nDo,do@${customer.domain}\nEd,ed@${customer.domain}\n`,
    );
    expect(await person(two.id)).toBeNull();
  });

  // Another connection walks past all rows that are not committed, whenever it looks for one of them.
  it("asks for nobody while the file is still read", async () => {
    const { sql } = app.db;
    const { id } = await planned();
    await sql`update batches set state = 'staging' where id = ${id}`;
    const [looked] = await sql<{ "QUERY PLAN": [object] }[]>`
      explain (analyze, format json) select ${batchFields(sql)}
      from batches join customers on customers.id = batches.customer_id where batches.id = ${id}`;
    const plan = JSON.stringify(looked);

    expect(plan).toContain(`"Relation Name":"row_results","Alias":"others"`);
    expect(plan).not.toMatch(/"Alias":"others"[^{}]*"Actual Loops":[1-9]/);
    await sql`update batches set state = 'ready' where id = ${id}`;
  });

  it("a request for one user that was refused is no batch of the list, unless somebody asks; one that ended in part is", async () => {
    const users = `/v1/customers/${customer.id}/users`;
    const prefer = { prefer: "wait=20" };
    const refused = await app.refused(users, {
      json: { userPrincipalName: "no@@", displayName: "No" },
      headers: prefer,
    });
    expect([refused.status, refused.body.code]).toEqual([422, "upn_invalid"]);
    const ghost = `${users}/01890000-0000-7000-8000-000000000000`;
    const unknown = await app.refused(ghost, { method: "PATCH", json: { city: "Lund" }, headers: prefer });
    expect([unknown.status, unknown.body.code]).toEqual([404, "user_unknown"]);
    const json = { userPrincipalName: `eva@${customer.domain}`, usageLocation: "NL", licenses: [{ sku: "SPE_E3" }] };
    const partial = await app.request<{ batchId: string; warnings: { code: string }[] }>(users, {
      json: { ...json, displayName: "Eva" },
      headers: prefer,
    });
    expect(partial.body.warnings.map(({ code }) => code)).toEqual(["seat_shortage"]);
    const list = async (query: string) => {
      const answer = await app.request<Page<Batch>>(`/v1/batches?count=true&customerId=${customer.id}${query}`);
      expect(answer.body.total).toBe(answer.body.items.length);
      return answer.body.items.map(({ id }) => id);
    };
    const tries = [refused.body.batchId ?? "", unknown.body.batchId ?? ""];
    for (const query of ["", "&hasFailures=true", "&refused=false"]) {
      const ids = await list(query);
      expect(ids.filter((id) => tries.includes(id))).toEqual([]);
      expect(ids).toContain(partial.body.batchId);
      expect(ids).toContain(made.failed);
    }
    expect((await list("&refused=true")).filter((id) => tries.includes(id))).toHaveLength(2);
    expect((await app.request<Batch>(`/v1/batches/${tries[0]}`)).body.totals.failed).toBe(1);
  });

  it("by when they were made, to the moment and in any zone", async () => {
    const { createdAt } = (await app.request<Batch>(`/v1/batches/${made.byColleague}`)).body;
    const behind = new Date(Date.parse(createdAt) + 1).toISOString();
    expect(await found(`since=${createdAt}`)).toEqual(["byColleague", "deletion"]);
    expect(await found(`until=${createdAt}`)).toEqual(["sound", "failed", "partial"]);
    expect(await found(`since=${createdAt}&until=${behind}`)).toEqual(["byColleague"]);
    expect(await found(`since=${encodeURIComponent("1999-01-01T00:00:00+14:00")}`)).toHaveLength(5);
    expect(await found("since=9999-12-31T23:59:59Z")).toEqual([]);
    expect((await app.refused("/v1/batches?since=yesterday")).body.code).toBe("body_invalid");
  });
});

it("moments that no calendar of ours knows are refused, and break nothing", async () => {
  for (const list of ["/v1/batches", "/v1/audit"]) {
    for (const moment of ["0000-01-01T00:00:00Z", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"]) {
      const { status } = await app.request(`${list}?since=${encodeURIComponent(moment)}`);
      expect([list, moment, status < 500]).toEqual([list, moment, true]);
    }
  }
});

it("one row is given by its number, and a row that is not there is 404", async () => {
  const path = `/v1/batches/${made.failed}/rows`;
  const row = await app.request<Row>(`${path}/1`);
  expect(row.body).toMatchObject({ rowNo: 1, state: "failed", code: "upn_invalid", column: "Email" });
  expect(row.body).toEqual((await app.request<Page<Row>>(path)).body.items[0]);
  expect((await app.refused(`${path}/2`)).body.code).toBe("not_found");
  expect((await app.refused(`${path}/0`)).body.code).toBe("not_found");
});

describe("the entity tag of a batch", () => {
  it("spares who asks again what has not moved, and moves with the batch", async () => {
    const { id } = await planned();
    const path = `/v1/batches/${id}`;
    const tag = async () => (await app.request(path)).headers.get("etag") ?? "";
    const before = await tag();
    const again = await app.request(path, { headers: { "if-none-match": before } });
    expect([again.status, again.text, again.headers.get("etag")]).toEqual([304, "", before]);
    const patched = await app.request(path, { method: "PATCH", json: { options: { usageLocation: "NL" } } });
    expect([patched.status, patched.headers.get("etag")]).toEqual([200, await tag()]);
    const replanned = await tag();
    await app.apply(id);
    await app.finished(id);
    expect(new Set([before, replanned, await tag()]).size).toBe(3);
    const moved = await app.request<Batch>(path, { headers: { "if-none-match": before } });
    expect([moved.status, moved.body.state]).toEqual([200, "finished"]);
  });

  it("stands for the plan that was looked at", async () => {
    const { id } = await planned();
    const path = `/v1/batches/${id}`;
    const before = (await app.request(path)).headers.get("etag") ?? "";
    await app.request(path, { method: "PATCH", json: { options: { usageLocation: "NL" } } });
    const late = await app.refused(`${path}/apply`, { method: "POST", headers: { "if-match": before } });
    expect([late.status, late.body.code]).toEqual([412, "plan_changed"]);
    const now = (await app.request(path)).headers.get("etag") ?? "";
    expect((await app.request(`${path}/apply`, { method: "POST", headers: { "if-match": now } })).status).toBe(202);
  });

  it("of a user does the same", async () => {
    const { items } = (await app.request<Page<{ id: string }>>(`/v1/customers/${customer.id}/users`)).body;
    const path = `/v1/customers/${customer.id}/users/${items[0]?.id ?? ""}`;
    const tag = (await app.request(path)).headers.get("etag") ?? "";
    expect((await app.request(path, { headers: { "if-none-match": tag } })).status).toBe(304);
  });
});
