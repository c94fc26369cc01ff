import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Batch, batchSchema, causeCountSchema, type Row, rowSchema } from "../../contract/batch.ts";
import type { Page } from "../../contract/paging.ts";
import { userSchema } from "../../contract/user.ts";
import { newId } from "../../db/new-id.ts";
import { eventually } from "../support/eventually.ts";
import { startApp, type TestApp } from "../support/app.ts";

let app: TestApp;
let customer: { id: string; domain: string };
beforeAll(async () => {
  app = await startApp();
  customer = await app.makeCustomer([{ skuPartNumber: "SPE_E3", total: 1 }]);
});
afterAll(() => app.close());

const wait = { prefer: "wait=20" };
const users = () => `/v1/customers/${customer.id}/users`;
const upn = (name = newId().slice(-12)) => `${name}@${customer.domain}`;

type UserAnswer = { id: string; batchId: string; warnings?: { code: string }[] };

async function create(json: object, headers: Record<string, string> = wait) {
  return await app.request<UserAnswer & { code: string }>(users(), { json, headers });
}

const send = (json: object, headers: Record<string, string> = wait) =>
  app.request<Batch>(`/v1/customers/${customer.id}/batches`, { json, headers });
const rows = (count: number) => Array.from({ length: count }, () => ({ userPrincipalName: upn(), displayName: "R" }));

const file = (count: number, extra = "") =>
  `Display name,Email\n${Array.from({ length: count }, () => `Person,${upn()}\n`).join("")}${extra}`;
const act = (id: string, what: string, more: object = {}) =>
  app.refused(`/v1/batches/${id}/${what}`, { method: "POST", ...more });

const leave = (id: string) => app.request(`${users()}/${id}`, { method: "DELETE", headers: wait });

describe("one user", () => {
  it("is there when the answer is", async () => {
    const answer = await create({ userPrincipalName: upn(), displayName: "Ada" });
    expect(answer.status).toBe(201);
    expect(answer.headers.get("preference-applied")).toBe("wait=20");
    const user = await app.request(answer.headers.get("location") ?? "");
    expect(userSchema.parse(user.body)).toMatchObject({ displayName: "Ada", permission: "user" });
  });

  it("is a batch under way for who does not wait", async () => {
    const answer = await create({ userPrincipalName: upn(), displayName: "Grace" }, {});
    expect(answer.status).toBe(202);
    const batch = batchSchema.parse(answer.body);
    expect(answer.headers.get("location")).toBe(`/v1/batches/${batch.id}`);
    expect((await app.finished(batch.id)).totals.succeeded).toBe(1);
  });

  it("that is there already is 200 and unchanged", async () => {
    const json = { userPrincipalName: upn(), displayName: "Twice" };
    const first = await create(json);
    const again = await create(json);
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body.id).toBe(first.body.id);
  });

  it("without a seat is made, with a warning", async () => {
    const json = { displayName: "Licensed", usageLocation: "DE", licenses: [{ sku: "SPE_E3" }] };
    await create({ ...json, userPrincipalName: upn() });
    const answer = await create({ ...json, userPrincipalName: upn() });
    expect(answer.status).toBe(201);
    expect(answer.body.warnings).toMatchObject([{ code: "seat_shortage" }]);
  });

  it.each([
    [{ displayName: "No name" }, 422, "required_missing"],
    [{ displayName: "A", userPrincipalName: "a@elsewhere.example" }, 422, "domain_unverified"],
    [{ displayName: "A", userPrincipalName: "a", usageLocation: "Atlantis" }, 422, "country_unknown"],
    [{ displayName: "A", userPrincipalName: "a", password: "short" }, 422, "password_invalid"],
    [{ displayName: "A\u0000B", userPrincipalName: "a" }, 422, "control_character"],
  ])("%o is refused with its cause and its batch", async (json, status, code) => {
    const answer = await create(json);
    expect(answer.status).toBe(status);
    expect(answer.body.code).toBe(code);
    expect(answer.body.batchId).toMatch(/^[\da-f-]{36}$/);
    expect(answer.text).not.toContain("short");
  });

  it("is told all that is wrong with it at once, each under its field", async () => {
    const json = { userPrincipalName: "a b", displayName: "A", usageLocation: "Atlantis", password: "short" };
    const answer = await app.refused(users(), { json, headers: wait });
    expect(answer.body).toMatchObject({ status: 422, code: "upn_invalid" });
    expect(answer.body.errors?.map(({ column }) => column)).toEqual(["userPrincipalName", "usageLocation", "password"]);
    for (const { message } of answer.body.errors ?? []) expect(answer.body.detail).toContain(message);
    expect(answer.text).not.toContain("short");
    const made = await create({ ...json, userPrincipalName: upn(), usageLocation: "DE", password: "Str0ng-enough" });
    expect(made.status).toBe(201);
    const change = { usageLocation: "Atlantis", city: "x".repeat(129) };
    const refused = await app.refused(`${users()}/${made.body.id}`, { method: "PATCH", json: change, headers: wait });
    expect(refused.body.errors?.map(({ column }) => column).sort()).toEqual(["city", "usageLocation"]);
  });

  it("is changed by onExisting=update, and by nothing less", async () => {
    const json = { userPrincipalName: upn(), displayName: "Before" };
    await create(json);
    const asked = { ...json, displayName: "After" };
    expect((await create({ ...asked, onExisting: "skip" })).body.code).toBe("user_exists");
    const changed = await create({ ...asked, onExisting: "update" });
    expect([changed.status, changed.body]).toMatchObject([200, { displayName: "After" }]);
  });

  it("of the name of a deleted one is asked about, restored or made anew, as onDeleted says", async () => {
    const json = { userPrincipalName: upn(), displayName: "Leaver" };
    const { body: leaver } = await create(json);
    await leave(leaver.id);
    expect((await create(json)).body.code).toBe("deleted_user_exists");
    const restored = await create({ ...json, onDeleted: "restore" });
    expect([restored.status, restored.body.id]).toEqual([200, leaver.id]);
    await leave(leaver.id);
    const anew = await create({ ...json, onDeleted: "create" });
    expect(anew.status).toBe(201);
    expect(anew.body.id).not.toBe(leaver.id);
  });

  it("is told of by the fields of its request, without rows, columns, cells or files", async () => {
    const thereName = upn();
    const goneName = upn();
    const { body: there } = await create({ userPrincipalName: thereName, displayName: "There" });
    const { body: gone } = await create({ userPrincipalName: goneName, displayName: "Gone" });
    const one = (id: string) => `${users()}/${id}`;
    await app.request(one(gone.id), { method: "DELETE", headers: wait });
    const named = { displayName: "A", userPrincipalName: "a" };
    const asks: [string, string, object][] = [
      [users(), "POST", { displayName: "No name" }],
      [users(), "POST", { userPrincipalName: "a" }],
      [users(), "POST", { ...named, userPrincipalName: "a@elsewhere.example" }],
      [users(), "POST", { ...named, userPrincipalName: "a b" }],
      [users(), "POST", { ...named, usageLocation: "Atlantis" }],
      [users(), "POST", { ...named, password: "short" }],
      [users(), "POST", { ...named, permission: "King" }],
      [users(), "POST", { ...named, licenses: [{ sku: "SPE_E3" }] }],
      [users(), "POST", { ...named, licenses: [{ sku: "NONE" }] }],
      [users(), "POST", { ...named, displayName: "A\u0000" }],
      [users(), "POST", { ...named, displayName: "A".repeat(300) }],
      [users(), "POST", { displayName: "Another", userPrincipalName: thereName }],
      [users(), "POST", { displayName: "Gone", userPrincipalName: goneName }],
      [one(there.id), "PATCH", { userPrincipalName: "a@elsewhere.example" }],
      [one(there.id), "PATCH", { usageLocation: "Atlantis" }],
      [one(gone.id), "PATCH", { city: "Lund" }],
      [one(newId()), "DELETE", {}],
      [`${one(there.id)}/licenses`, "POST", {}],
      [`${one(there.id)}/licenses`, "POST", { add: [{ sku: "SPE_E3" }] }],
      [`${one(there.id)}/licenses`, "POST", { remove: ["NONE"] }],
      [`${one(there.id)}/remove`, "POST", { confirm: "There" }],
      [`${one(gone.id)}/remove`, "POST", { confirm: "somebody" }],
      [`${one(there.id)}/permissions`, "PUT", { permission: "King" }],
      [`${one(there.id)}/reset-password`, "POST", { password: "short" }],
    ];
    for (const [path, method, json] of asks) {
      const { body, text, status } = await app.refused(path, { method, json, headers: wait });
      const what = `${method} ${path} ${JSON.stringify(json).slice(0, 80)}: ${text}`;
      const told = [body.detail, ...(body.errors ?? []).map(({ message }) => message)].join(" ");
      expect([what, status]).toEqual([what, expect.toSatisfy((given) => given >= 400)]);
      expect(`${told} (${method})`).not.toMatch(
        /\b(?:rows?|columns?|cells?|files?|spreadsheets?|sheets?|headers?|batch)\b/i,
      );
      expect(body.errors?.filter(({ row }) => row !== undefined) ?? []).toEqual([]);
    }
  });

  it("whose name another one has is 409", async () => {
    const name = upn();
    await create({ userPrincipalName: name, displayName: "First" });
    const answer = await create({ userPrincipalName: name.toUpperCase(), displayName: "Second" });
    expect(answer.status).toBe(409);
    expect(answer.body.code).toBe("user_exists");
  });
});

describe("JSON rows", () => {
  it("are applied at once, and the answer waits for the outcome", async () => {
    const answer = await send({ operation: "createUsers", rows: rows(3) });
    expect(answer.status).toBe(200);
    expect(batchSchema.parse(answer.body)).toMatchObject({ source: "json", totals: { succeeded: 3, pending: 0 } });
  });

  it("wait for apply where asked", async () => {
    const answer = await send({ operation: "createUsers", rows: rows(2), apply: false }, {});
    expect(answer.status).toBe(202);
    expect(answer.body).toMatchObject({ state: "ready", totals: { pending: 2 } });
  });

  it("wait for their hour where one is named, and can be cancelled", async () => {
    const startAt = new Date(Date.now() + 3_600_000).toISOString();
    const { body } = await send({ operation: "createUsers", rows: rows(2), startAt }, {});
    expect(body).toMatchObject({ state: "scheduled", startAt });
    const cancelled = await app.request<Batch>(`/v1/batches/${body.id}/cancel`, { method: "POST" });
    expect(cancelled.body).toMatchObject({ state: "cancelled", totals: { cancelled: 2 } });
  });

  // A wait of a minute is longer than a test may take.
  it("that start after the wait are not waited for, be they planned or sent with their hour", async () => {
    const startAt = new Date(Date.now() + 3_600_000).toISOString();
    const headers = { prefer: "wait=60" };
    const sent = await send({ operation: "createUsers", rows: rows(1), startAt }, headers);
    expect([sent.status, sent.body.state]).toEqual([202, "scheduled"]);
    const { body: planned } = await send({ operation: "createUsers", rows: rows(1), apply: false });
    const applied = await act(planned.id, "apply", { json: { startAt }, headers });
    expect(applied.status).toBe(202);
    expect(applied.body).toMatchObject({ id: planned.id, state: "scheduled" });
    for (const { id } of [sent.body, planned]) await act(id, "cancel");
  });

  it("that start within the wait are waited for", async () => {
    // On a busy machine the request itself takes a while, and a time that is over by then is none.
    const startAt = new Date(Date.now() + 3_000).toISOString();
    const { status, body } = await send({ operation: "createUsers", rows: rows(1), startAt });
    expect([status, body.state, body.startAt]).toEqual([200, "finished", startAt]);
  });

  it("of an operation nobody knows are refused", async () => {
    expect(
      (await app.refused(`/v1/customers/${customer.id}/batches`, { json: { operation: "eatUsers", rows: rows(1) } }))
        .body.code,
    ).toBe("body_invalid");
  });
});

describe("a batch", () => {
  it("is applied by the plan that was looked at, and by no other", async () => {
    const batch = await app.upload(customer.id, file(2));
    const moved = await act(batch.id, "apply", { headers: { "if-match": `"${batch.planVersion + 1}"` } });
    expect(moved.status).toBe(412);
    expect(moved.body.code).toBe("plan_changed");
    expect((await act(batch.id, "apply", { headers: { "if-match": "yes" } })).body.code).toBe("body_invalid");
    const done = await app.request<Batch>(`/v1/batches/${batch.id}/apply`, {
      method: "POST",
      headers: { "if-match": `"${batch.planVersion}"`, ...wait },
    });
    expect(done.status).toBe(200);
    expect(done.body.totals.succeeded).toBe(2);
    expect((await act(batch.id, "apply")).body.code).toBe("batch_state");
  });

  it("is paused, resumed and cancelled only where it can be", async () => {
    const idle = await startApp({ workers: false });
    try {
      const { id: customerId, domain } = await idle.makeCustomer();
      const { id } = await idle.upload(customerId, `Display name,Email\nA,a@${domain}\n`);
      const stateAfter = async (what: string) => {
        const { body } = await idle.request<Batch & { code?: string }>(`/v1/batches/${id}/${what}`, { method: "POST" });
        return body.code ?? body.state;
      };
      expect(await stateAfter("pause")).toBe("batch_state");
      expect(await stateAfter("retry")).toBe("batch_state");
      expect(await stateAfter("apply")).toBe("running");
      expect(await stateAfter("resume")).toBe("batch_state");
      expect(await stateAfter("pause")).toBe("paused");
      expect(await stateAfter("resume")).toBe("running");
      expect(await stateAfter("cancel")).toBe("cancelled");
      expect(await stateAfter("cancel")).toBe("batch_state");
      const { body } = await idle.request<Page<unknown>>(`/v1/batches/${id}/causes`);
      expect(body.items.map((cause) => causeCountSchema.parse(cause))).toMatchObject([
        { code: "batch_cancelled", state: "cancelled", rows: 1 },
      ]);
      expect(await stateAfter("retry")).toBe("cancelled");
    } finally {
      await idle.close();
    }
  });

  it("cancelled under somebody who waits for it is told as the cause of the row", async () => {
    const idle = await startApp({ workers: false });
    try {
      const { id: customerId, domain } = await idle.makeCustomer();
      const json = { userPrincipalName: `a@${domain}`, displayName: "A" };
      const waiting = idle.refused(`/v1/customers/${customerId}/users`, { json, headers: wait });
      await eventually(async () => {
        const { body } = await idle.request<Page<Batch>>(`/v1/batches?customerId=${customerId}`);
        const cancelled = await idle.request(`/v1/batches/${body.items[0]?.id}/cancel`, { method: "POST" });
        expect(cancelled.status).toBe(202);
      });
      expect(await waiting).toMatchObject({ status: 409, body: { code: "batch_cancelled" } });
    } finally {
      await idle.close();
    }
  });

  it("tells its rows and causes, page by page, and gives them back as files", async () => {
    const batch = await app.upload(customer.id, file(3, "Nobody,not a name\nNobody,@\n"), "&apply=true");
    await app.finished(batch.id);
    const path = `/v1/batches/${batch.id}`;
    const first = await app.request<Page<Row>>(`${path}/rows?limit=3&count=true`);
    expect(first.body.total).toBe(5);
    const rest = await app.request<Page<Row>>(`${path}/rows?limit=3&cursor=${first.body.next}`);
    expect([...first.body.items, ...rest.body.items].map((row) => rowSchema.parse(row).rowNo)).toEqual([1, 2, 3, 4, 5]);
    const failed = await app.request<Page<Row>>(`${path}/rows?state=failed&code=upn_invalid`);
    expect(failed.body.items.map(({ column }) => column)).toEqual(["Email", "Email"]);
    const causes = await app.request<Page<unknown>>(`${path}/causes`);
    expect(causeCountSchema.parse(causes.body.items[0])).toMatchObject({ code: "upn_invalid", rows: 2 });
    const results = await app.request(`${path}/results.csv`);
    expect(results.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(results.headers.get("content-disposition")).toBe(`attachment; filename=batch-${batch.no}-results.csv`);
    expect(results.text.trim().split(/\r?\n/)).toHaveLength(6);
    expect((await app.request(`${path}/failed.csv`)).text.trim().split(/\r?\n/)).toHaveLength(3);
    const head = await app.request(`${path}/results.csv`, { method: "HEAD" });
    expect([head.status, head.text]).toEqual([200, ""]);
  });

  it("gives its temporary passwords as often as they are asked for, and writes down who asked", async () => {
    const batch = await app.upload(customer.id, file(2), "&apply=true");
    await app.finished(batch.id);
    const path = `/v1/batches/${batch.id}/passwords`;
    const [one, two] = [await app.request(path, { method: "POST" }), await app.request(path, { method: "POST" })];
    expect(one.text).toBe(two.text);
    expect(one.text.trim().split(/\r?\n/)).toHaveLength(3);
    expect(one.headers.get("cache-control")).toBe("no-store");
    const audit = await app.db
      .sql`select 1 from audit where batch_id = ${batch.id} and operation = 'download_passwords'`;
    expect(audit).toHaveLength(2);
    expect((await app.refused(path)).body.code).toBe("method_not_allowed");
    await app.db.sql`update temporary_passwords set expires_at = now() - interval '1 s' where batch_id = ${batch.id}`;
    expect((await act(batch.id, "passwords")).body.code).toBe("passwords_expired");
  });

  it("stands in the list of all and of its customer", async () => {
    const other = await app.makeCustomer();
    const batch = await app.upload(other.id, `Display name,Email\nA,a@${other.domain}\n`, "&fileName=list.csv");
    for (const query of [`customerId=${other.id}`, "state=ready&q=list.csv", `q=${batch.no}`, "limit=1"]) {
      const { body } = await app.request<Page<Batch>>(`/v1/batches?${query}`);
      expect(body.items.map(({ id }) => id)).toContain(batch.id);
    }
  });
});

it("the template that Muster gives is one that Muster takes", async () => {
  const template = await app.request("/v1/templates/create-users.csv");
  expect(template.headers.get("content-disposition")).toContain("create-users.csv");
  expect((await app.refused("/v1/templates/eat-users.csv")).body.code).toBe("not_found");
  const filled = `${template.text}${template.text.trim().split(/\r?\n/)[1]?.replace("Example: Anna Berg", "Anna Berg")}\r\n`;
  const batch = await app.upload(customer.id, filled, `&domain=${customer.domain}`);
  expect(batch.unknownColumns).toEqual([]);
  expect(batch.totals.rows).toBe(1);
});

const byField = (row: Row) => [row, ...row.otherProblems].map(({ code, column }) => [code, column]);

describe("a row with several faults", () => {
  const csv = "User name,Display name,Usage location,Permission\na b,Ann,Freedonia,Emperor\nbo,Bo,NL,User\n";
  const all = [
    ["upn_invalid", "User name"],
    ["country_unknown", "Usage location"],
    ["permission_unknown", "Permission"],
  ];

  it("of a file or of JSON is told them all, in the plan, in results and after each edit", async () => {
    const batch = await app.upload(customer.id, csv);
    const rowsPath = `/v1/batches/${batch.id}/rows`;
    const { body: page } = await app.request<Page<Row>>(rowsPath);
    expect(page.items.map((row) => byField(rowSchema.parse(row)))).toEqual([all, [[null, null]]]);
    const { text } = await app.request(`/v1/batches/${batch.id}/results.csv`);
    for (const { message } of [page.items[0]!, ...page.items[0]!.otherProblems]) {
      expect(text.replaceAll('""', '"')).toContain(message);
    }
    const edit = (values: object) => app.request<Row>(`${rowsPath}/1`, { method: "PATCH", json: { values } });
    expect(byField((await edit({ "User name": "ann" })).body)).toEqual(all.slice(1));
    const values = { "Usage location": "NL", "User name": "a b", Permission: "User" };
    expect(byField((await edit(values)).body)).toEqual(all.slice(0, 1));
    const json = {
      operation: "createUsers",
      rows: [{ userPrincipalName: "a b", displayName: "A", country: "x", usageLocation: "Y" }],
      apply: false,
    };
    const sent = await send(json);
    const { body: sentRows } = await app.request<Page<Row>>(`/v1/batches/${sent.body.id}/rows`);
    expect(sentRows.items.map(byField)).toEqual([
      [
        ["upn_invalid", "userPrincipalName"],
        ["country_unknown", "usageLocation"],
      ],
    ]);
  });

  it("that failed is told all that its new cells have wrong, and no more what it had before", async () => {
    const batch = await app.upload(customer.id, csv);
    await app.apply(batch.id);
    await app.finished(batch.id);
    const path = `/v1/batches/${batch.id}/rows/1`;
    const edit = (values: object) => app.request<Row>(path, { method: "PATCH", json: { values } });
    const changed = await edit({ "User name": `ann@${customer.domain}`, "Display name": "x".repeat(300) });
    expect(byField(changed.body)).toEqual([["value_too_long", "Display name"], ...all.slice(1)]);
    const mended = await edit({ "Display name": "Ann", "Usage location": "NL", Permission: "User" });
    expect(byField(mended.body)).toEqual([["row_changed", null]]);
  });
});
