import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asProblem } from "../../api/http/problems.ts";
import { problemSchema } from "../../contract/problem-document.ts";
import { TransientFault } from "../../db/faults.ts";
import { sendRaw } from "../support/raw-request.ts";
import { startApp, type TestApp } from "../support/app.ts";

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ workers: false });
});
afterAll(() => app.close());

const post = (body: string, headers: Record<string, string> = {}) =>
  app.refused("/v1/customers", { csv: body, headers: { "content-type": "application/json", ...headers } });

describe("a refusal", () => {
  it("is problem+json with the request's own id", async () => {
    const answer = await app.refused("/v1/batches/nothing", { headers: { "x-request-id": "from-crm-42" } });
    expect(answer.headers.get("content-type")).toContain("application/problem+json");
    expect(answer.headers.get("x-request-id")).toBe("from-crm-42");
    expect(problemSchema.parse(answer.body)).toMatchObject({ status: 404, type: "urn:muster:problem:not_found" });
  });

  it.each([
    ["an endless address", `GET /v1/batches?q=${"x".repeat(40_000)} HTTP/1.1`, 431, "head_too_large"],
    ["no HTTP at all", "MUSTER, GIVE ME USERS", 400, "http_malformed"],
  ])("of %s has a code as every other", async (_what, line, status, code) => {
    const request = await sendRaw(app.url, [line]);
    expect(await request.answer()).toEqual({ status, code });
    expect((await app.request("/healthz")).status).toBe(200);
  });

  it("of a body that stops being HTTP has a code too", async () => {
    const head = ["POST /v1/customers HTTP/1.1", `Authorization: Bearer ${app.key}`, "Transfer-Encoding: chunked"];
    const request = await sendRaw(app.url, [...head, "Content-Type: application/json"], "what?\r\n");
    expect(await request.answer()).toEqual({ status: 400, code: "http_malformed" });
  });

  it("gets an id where the caller's own could do harm", async () => {
    const answer = await app.refused("/v1/nothing", { headers: { "x-request-id": "a b<script>" } });
    expect(answer.headers.get("x-request-id")).toMatch(/^[\da-f-]{36}$/);
  });

  it("of broken JSON tells the place and repeats nothing of the body", async () => {
    const answer = await post('{"name": "Contoso", "password": "hunter2hunter2" oops}');
    expect(answer.status).toBe(400);
    expect(answer.body.code).toBe("json_malformed");
    expect(answer.body.detail).toMatch(/\d/);
    expect(answer.text).not.toContain("hunter2");
  });

  it.each([
    ["", "body_invalid"],
    ["3", "body_invalid"],
    ["[]", "body_invalid"],
    ['{"name":"Contoso"}', "body_invalid"],
    ['{"name":"Contoso","domains":["a.example"],"colour":"red"}', "body_invalid"],
  ])("of the body %s is %s", async (body, code) => {
    expect((await post(body)).body.code).toBe(code);
  });

  it("tells all faults of a body at once, by the names of its fields and in words of a person's", async () => {
    const json = {
      name: "",
      domains: "a.example",
      colour: "red",
      products: [
        { skuPartNumber: "SPE_E3", total: 1.5 },
        { skuPartNumber: 3, total: -1, publisher: { name: "P" } },
      ],
    };
    const { body } = await app.refused("/v1/customers", { json });
    const places = [
      "colour",
      "domains",
      "name",
      "products.0.total",
      "products.1.publisher.address",
      "products.1.skuPartNumber",
      "products.1.total",
    ];
    expect(body.errors?.map(({ column }) => column).toSorted()).toEqual(places);
    for (const { message } of body.errors ?? []) expect(message).not.toMatch(/invalid|expected|received|input|nan/i);
    for (const { column = "" } of (body.errors ?? []).slice(0, 5)) expect(body.detail).toContain(column);
    expect(body.detail).toContain("2 more");
  });

  it.each([
    ["of a field that may be text or a list", { permission: 5 }, ["permission"]],
    ["of a list with one wrong item", { permission: ["User", 5] }, ["permission.1"]],
    ["of a choice", { onDeleted: "burn" }, ["onDeleted"]],
  ])("%s is told where it lies", async (_what, more, places) => {
    const { id } = await app.makeCustomer();
    const json = { userPrincipalName: "a", displayName: "A", ...more };
    const { body } = await app.refused(`/v1/customers/${id}/users`, { json });
    expect(body.code).toBe("body_invalid");
    expect(body.errors?.map(({ column }) => column)).toEqual(places);
  });

  it("of a batch of no operation and of a selection that is wrong is told where it lies", async () => {
    const { id } = await app.makeCustomer();
    const path = `/v1/customers/${id}/batches`;
    const none = await app.refused(path, { json: { operation: "eatUsers", rows: [] } });
    expect(none.body.errors).toMatchObject([{ column: "operation", value: "eatUsers" }]);
    const json = { operation: "deleteUsers", select: { filter: { q: 5, colour: "red" } } };
    const { body } = await app.refused(path, { json });
    expect(body.errors?.map(({ column }) => column).toSorted()).toEqual(["select.filter.colour", "select.filter.q"]);
  });

  it("names the field, the value and the rule", async () => {
    const json = { name: "Contoso", domains: ["a.example"], products: [{ skuPartNumber: "SPE_E3", total: -5 }] };
    const answer = await app.refused("/v1/customers", { json });
    expect(answer.body.errors).toMatchObject([{ column: "products.0.total", value: "-5" }]);
  });

  it("of a JSON row names the row and never its password", async () => {
    const { id } = await app.makeCustomer();
    const rows = [{ displayName: "A" }, { displayName: "B", password: 12345678 }];
    const json = { operation: "createUsers", rows };
    const answer = await app.refused(`/v1/customers/${id}/batches`, { json });
    expect(answer.body.errors).toMatchObject([{ row: 2, column: "password" }]);
    expect(answer.text).not.toContain("12345678");
  });

  it("of another content type says which one is taken", async () => {
    const answer = await post("name=Contoso", { "content-type": "application/x-www-form-urlencoded" });
    expect(answer.status).toBe(415);
    expect(answer.body.code).toBe("media_type_unsupported");
  });

  it.each([{ "content-encoding": "br2" }, { "content-type": "application/json; charset=klingon" }])(
    "of an encoding nobody knows is 415: %o",
    async (headers) => {
      expect((await post("{}", headers)).body.code).toBe("media_type_unsupported");
    },
  );

  it("of too much JSON is 413", async () => {
    const answer = await post(JSON.stringify({ name: "x".repeat(2 * 1024 * 1024) }));
    expect(answer.status).toBe(413);
    expect(answer.body.code).toBe("body_too_large");
  });

  it.each(["?limit=0", "?limit=501", "?limit=x", "?count=perhaps", "?colour=red", "?q=%00"])(
    "of the query %s is body_invalid",
    async (query) => {
      expect((await app.refused(`/v1/customers${query}`)).body.code).toBe("body_invalid");
    },
  );

  it("of a cursor that is not ours is no fault of the server", async () => {
    expect((await app.refused("/v1/customers?cursor=nonsense")).status).toBeLessThan(500);
  });
});

describe("a fault", () => {
  it("of the database that passes is 503", () => {
    expect(asProblem(new TransientFault("57P01")).code).toBe("unavailable");
  });

  it("that nobody knows is 500 and tells nothing", () => {
    const problem = asProblem(new Error("secret@person.example"));
    expect(problem.code).toBe("internal");
    expect(problem.message).not.toContain("secret");
  });
});

describe("every page", () => {
  it("comes with a policy that lets no script and no other site in", async () => {
    const { headers } = await app.request("/docs");
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain("unsafe-inline");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("x-powered-by")).toBeNull();
  });
});
