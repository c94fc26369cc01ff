import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { batchSchema, type Batch } from "../../contract/batch.ts";
import { operations } from "../../contract/operations.ts";
import { userAnswerSchema } from "../../contract/routes/customer-routes.ts";
import { templateVendorNames, templateVendors } from "../../contract/template-vendors.ts";
import { newId } from "../../db/new-id.ts";
import { startApp, type TestApp } from "../support/app.ts";

let app: TestApp;
let customer: { id: string; domain: string };
beforeAll(async () => {
  app = await startApp();
  customer = await app.makeCustomer([
    { skuPartNumber: "SPE_E3", total: 1 },
    { skuPartNumber: "EMS", total: 9 },
  ]);
});
afterAll(() => app.close());

const wait = { prefer: "wait=20" };
const upn = () => `${newId().slice(-12)}@${customer.domain}`;
const users = () => `/v1/customers/${customer.id}/users`;

type Answer = { id: string; batchId: string; version: number; code: string; temporaryPassword?: string };

async function make(more: object = {}): Promise<Answer & { userPrincipalName: string }> {
  const json = { userPrincipalName: upn(), displayName: "Ada", usageLocation: "NL", ...more };
  const { body } = await app.request<Answer>(users(), { json, headers: wait });
  return { ...json, ...body };
}

async function send(method: string, id: string, path = "", json?: object, headers: Record<string, string> = wait) {
  const body = json === undefined ? {} : { json };
  return await app.request<Answer & Record<string, unknown>>(`${users()}/${id}${path}`, { method, headers, ...body });
}

describe("one user", () => {
  it("is made with a temporary password that only who waits is shown, and nobody stores", async () => {
    const json = { userPrincipalName: upn(), displayName: "Ada" };
    const answer = await app.request<Answer>(users(), { json, headers: wait });
    expect(answer.body.temporaryPassword).toMatch(/^.{12,}$/);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const shown = await send("GET", answer.body.id);
    expect(shown.text).not.toContain(answer.body.temporaryPassword);
    expect(shown.headers.get("etag")).toBe(`"${answer.body.version}"`);
  });

  it("is changed, renamed and blocked", async () => {
    const { id } = await make({ jobTitle: "Clerk", city: "Delft" });
    const userPrincipalName = upn();
    const json = { userPrincipalName, jobTitle: "Boss", city: null, accountEnabled: false };
    const answer = await send("PATCH", id, "", json);
    expect(answer.status).toBe(200);
    expect(userAnswerSchema.parse(answer.body)).toMatchObject({ ...json, id, displayName: "Ada" });
    expect((await send("PATCH", id, "", { accountEnabled: true })).body).toMatchObject({ accountEnabled: true });
  });

  it("is changed only where it is as it was looked at", async () => {
    const { id, version } = await make();
    const first = await send("PATCH", id, "", { city: "Delft" }, { ...wait, "if-match": `"${version}"` });
    expect(first.status).toBe(200);
    const second = await send("PATCH", id, "", { city: "Gouda" }, { ...wait, "if-match": `"${version}"` });
    expect([second.status, second.body.code]).toEqual([412, "changed_meanwhile"]);
    const odd = await send("PATCH", id, "", { city: "Gouda" }, { ...wait, "if-match": "yesterday" });
    expect(odd.body.code).toBe("body_invalid");
    const next = { ...wait, "if-match": first.headers.get("etag") ?? "" };
    expect((await send("PATCH", id, "", { city: "Gouda" }, next)).body).toMatchObject({ city: "Gouda" });
  });

  it("gets licenses and gives them back, or is told why not", async () => {
    const { id } = await make({ licenses: [{ sku: "EMS" }] });
    const swapped = await send("POST", id, "/licenses", { add: [{ sku: "SPE_E3" }], remove: ["EMS"] });
    expect(swapped.body).toMatchObject({ licenses: [{ skuPartNumber: "SPE_E3" }] });
    const other = await make({ licenses: [{ sku: "EMS" }] });
    const short = await send("POST", other.id, "/licenses", { add: [{ sku: "SPE_E3" }], remove: ["EMS"] });
    expect([short.status, short.body.code]).toEqual([409, "seat_shortage"]);
    expect((await send("GET", other.id)).body).toMatchObject({ licenses: [{ skuPartNumber: "EMS" }] });
    const unknown = await send("POST", id, "/licenses", { add: [{ sku: "NO_SUCH" }] });
    expect([unknown.status, unknown.body.code]).toEqual([422, "sku_unknown"]);
    await send("POST", id, "/licenses", { remove: ["SPE_E3"] });
  });

  it("gets another password, chosen or made, and the one before is no longer told", async () => {
    const { id, temporaryPassword } = await make();
    const made = await send("POST", id, "/reset-password", {});
    expect(made.body.temporaryPassword).not.toBe(temporaryPassword);
    expect(made.headers.get("cache-control")).toBe("no-store");
    const chosen = await send("POST", id, "/reset-password", { password: "Correct-Horse-7" });
    expect(chosen.body.temporaryPassword).toBe("Correct-Horse-7");
    const weak = await send("POST", id, "/reset-password", { password: "sesame" });
    expect([weak.status, weak.body.code]).toEqual([422, "password_invalid"]);
    expect(weak.text).not.toContain("sesame");
  });

  it("gets permissions", async () => {
    const { id } = await make();
    const answer = await send("PUT", id, "/permissions", { permission: ["Password admin"] });
    expect(answer.body).toMatchObject({ permission: ["passwordAdmin"] });
    expect((await send("PUT", id, "/permissions", { permission: "User" })).body).toMatchObject({ permission: "user" });
  });

  it("is deleted, restored under a new name, deleted again and removed for good", async () => {
    const { id, userPrincipalName } = await make({ licenses: [{ sku: "EMS" }] });
    const deleted = await send("DELETE", id);
    expect(deleted.body).toMatchObject({ state: "inactive", licenses: [] });
    const twice = await send("DELETE", id);
    expect(twice.status).toBe(200);
    await app.request(users(), {
      json: { userPrincipalName, displayName: "Next" },
      headers: wait,
    });
    const asked = {
      operation: "createUsers",
      rows: [{ userPrincipalName, displayName: "Next" }],
      options: { onDeleted: "create" },
    };
    await app.request(`/v1/customers/${customer.id}/batches`, { json: asked, headers: wait });
    const taken = await send("POST", id, "/restore", {});
    expect([taken.status, taken.body.code]).toEqual([409, "upn_taken"]);
    const renamed = upn();
    const restored = await send("POST", id, "/restore", { userPrincipalName: renamed });
    expect(restored.body).toMatchObject({
      state: "active",
      userPrincipalName: renamed,
      licenses: [{ skuPartNumber: "EMS" }],
    });
    const early = await send("POST", id, "/remove", { confirm: "Ada" });
    expect([early.status, early.body.code]).toEqual([409, "user_active"]);
    await send("DELETE", id);
    const mistyped = await send("POST", id, "/remove", { confirm: "Eda" });
    expect([mistyped.status, mistyped.body.code]).toEqual([422, "confirmation_wrong"]);
    expect((await send("POST", id, "/remove", { confirm: "Ada" })).status).toBe(204);
    expect((await send("GET", id)).status).toBe(404);
  });

  it("that is not there is 404, and who does not wait gets the batch", async () => {
    const nobody = await send("DELETE", newId());
    expect([nobody.status, nobody.body.code]).toEqual([404, "user_unknown"]);
    const { id } = await make();
    const answer = await send("DELETE", id, "", undefined, {});
    expect(answer.status).toBe(202);
    const batch = batchSchema.parse(answer.body);
    expect(batch).toMatchObject({ operation: "deleteUsers", source: "single", totals: { rows: 1 } });
    expect((await app.finished(batch.id)).totals.succeeded).toBe(1);
  });
});

const batches = (json: object) =>
  app.request<Batch & { code: string }>(`/v1/customers/${customer.id}/batches`, { json, headers: wait });

describe("many users", () => {
  it("are changed by rows, by ids, by a filter and by a file", async () => {
    const team = newId().slice(-12);
    const made = [];
    for (const name of ["a", "b", "c"])
      made.push(await make({ userPrincipalName: `${team}.${name}@${customer.domain}` }));
    const byRows = await batches({
      operation: "updateUsers",
      rows: made.map(({ userPrincipalName }) => ({ userPrincipalName, jobTitle: "Clerk" })),
    });
    expect(byRows.body.totals).toMatchObject({ succeeded: 3 });
    const byIds = await batches({
      operation: "changeLicenses",
      select: { userIds: made.slice(1).map(({ id }) => id) },
      change: { add: [{ sku: "EMS" }] },
    });
    expect(byIds.body.totals).toMatchObject({ rows: 2, succeeded: 2 });
    const byFilter = await batches({ operation: "deleteUsers", select: { filter: { q: team } } });
    expect(byFilter.body.totals).toMatchObject({ rows: 3, succeeded: 3 });
    const csv = `version:v1.0\nObject ID [objectId] Required\n${made.map(({ id }) => id).join("\n")}\n`;
    const path = `/v1/customers/${customer.id}/uploads?operation=restore-users&apply=true`;
    const byFile = await app.request<Batch>(path, { csv, headers: wait });
    expect(byFile.body).toMatchObject({ operation: "restoreUsers", totals: { succeeded: 3 } });
  });

  it("are refused where the request says too little or too much", async () => {
    const rows = [{ userPrincipalName: upn() }];
    const select = { filter: { q: newId() } };
    for (const json of [
      { operation: "deleteUsers" },
      { operation: "deleteUsers", rows, select },
      { operation: "deleteUsers", select },
      { operation: "deleteUsers", rows, options: { onDeleted: "create" } },
      { operation: "createUsers", select },
    ]) {
      const answer = await batches(json);
      expect([answer.status, answer.body.code]).toEqual([422, "body_invalid"]);
    }
    const unknown = { operation: "changeLicenses", select: { filter: {} }, change: { add: [{ sku: "NO_SUCH" }] } };
    expect((await batches(unknown)).body.code).toBe("sku_unknown");
  });
});

it("each operation has its queue, which Bull Board shows", async () => {
  const queues = ["user-updates", "license-changes", "password-resets", "user-deletions", "user-restores"] as const;
  const headers = await app.signIn();
  const board = await app.request<{ queues: { name: string }[] }>("/queues/api/queues", { key: null, headers });
  expect(board.body.queues.map(({ name }) => name)).toEqual(expect.arrayContaining([...queues]));
  for (const name of queues) {
    const counts = await app.queues[name].getJobCounts("completed", "failed");
    expect([name, (counts["completed"] ?? 0) + (counts["failed"] ?? 0) > 0]).toEqual([name, true]);
  }
});

it("each operation has a template that it takes", async () => {
  for (const slug of ["update-users", "change-licenses", "delete-users", "restore-users", "remove-users"]) {
    const template = await app.request<string>(`/v1/templates/${slug}.csv`);
    expect(template.status).toBe(200);
    const rows = template.text.replace("Example: ", "");
    const answer = await app.request<Batch>(`/v1/customers/${customer.id}/uploads?operation=${slug}`, { csv: rows });
    expect(answer.body).toMatchObject({ state: "ready", unknownColumns: [], totals: { rows: 1 } });
  }
});

/** What stands in the cell of a column in a row about `user`, a user of the customer. */
function cell(label: string, user: { id: string; userPrincipalName: string }): string {
  const [local = ""] = user.userPrincipalName.split("@");
  if (/^object id/i.test(label)) return user.id;
  if (/^mailnickname$/i.test(label)) return local;
  if (/^domain$/i.test(label)) return customer.domain;
  if (/^(user ?name|email)/i.test(label)) return user.userPrincipalName;
  return /^((first|last|display) ?name|name|given|sur)/i.test(label) ? "Vera" : "";
}

describe("a template of another program", () => {
  const given = templateVendorNames.flatMap((vendor) =>
    templateVendors[vendor].operations.map((operation) => [vendor, operations[operation].slug] as const),
  );

  it.each(given)("of %s, to %s, is taken as it is once it is filled in", async (vendor, slug) => {
    const template = await app.request<string>(`/v1/templates/${slug}.csv?vendor=${vendor}`);
    expect(template.headers.get("content-disposition")).toContain(`${vendor}-${slug}.csv`);
    const there = await make();
    if (slug === "restore-users") await send("DELETE", there.id);
    const user = slug === "create-users" ? { ...there, userPrincipalName: upn() } : there;
    const header = template.text.trim().split("\r\n").at(-1) ?? "";
    const row = header.split(",").map((label) => cell(label, user));
    const address = `/v1/customers/${customer.id}/uploads?operation=${slug}`;
    const { body } = await app.request<Batch>(address, { csv: `${template.text}${row.join(",")}\r\n` });
    expect(body).toMatchObject({ state: "ready", totals: { rows: 1, pending: 1, failed: 0 } });
    // Google's has columns for what no user has here.
    expect(vendor === "google-workspace" ? [] : body.unknownColumns).toEqual([]);
  });

  it("is missing where the program has none for the operation", async () => {
    const answer = await app.refused("/v1/templates/change-licenses.csv?vendor=cipp");
    expect(answer.body.code).toBe("not_found");
  });
});
