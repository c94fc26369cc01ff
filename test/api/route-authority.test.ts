import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type GdapRole, gdapRoleNames } from "../../contract/authority.ts";
import type { Batch } from "../../contract/batch.ts";
import type { CustomerAct } from "../../contract/customer-acts.ts";
import { exampleIds } from "../../contract/examples/example-ids.ts";
import { type FileOperation, operationFromSlug, type OperationSlug } from "../../contract/operations.ts";
import type { ProblemDocument } from "../../contract/problem-document.ts";
import { routeNames, routes } from "../../contract/routes.ts";
import type { Route } from "../../contract/routes/route.ts";
import { newId } from "../../db/new-id.ts";
import { table } from "../core/authority/table.ts";
import { type Colleague, grantRole, makeColleague, makeKey } from "../support/agents.ts";
import { startApp, type TestApp } from "../support/app.ts";
import { type Documented, documented, send, toRequest } from "../support/documented-requests.ts";

type Sent = ReturnType<typeof toRequest>;

let app: TestApp;
let customer: { id: string; domain: string };
/** One batch that made users, and one that gave them passwords: who may do the one may not always do the other. */
const batches: Batch[] = [];
/** An Admin agent with each role at the customer; a Sales agent with the greatest; a Helpdesk agent with none. */
const holders = new Map<GdapRole, Colleague>();
let seller: Colleague;
let stranger: Colleague;
beforeAll(async () => {
  app = await startApp({ workers: false });
  customer = await app.makeCustomer();
  const csv = `Display name,Email\nPerson,nobody@${customer.domain}\n`;
  for (const operation of ["create-users", "reset-passwords"]) {
    const path = `/v1/customers/${customer.id}/uploads?operation=${operation}`;
    batches.push((await app.request<Batch>(path, { csv })).body);
  }
  for (const role of gdapRoleNames) holders.set(role, await withRole(await makeColleague(app), role));
  seller = await withRole(await makeColleague(app, "salesAgent"), "globalAdministrator");
  stranger = await makeColleague(app, "helpdeskAgent");
});
afterAll(() => app.close());

async function withRole(colleague: Colleague, role: GdapRole): Promise<Colleague> {
  await grantRole(app, colleague, customer, role);
  return colleague;
}

const authorityOf = ({ name }: Documented): Route["authority"] => routes[name].authority;
const titled = (some: Documented[]) => some.map((one) => [one.name, one.key, one] as const);

const atPlaces = documented.filter((one) => typeof authorityOf(one) === "object");
const ofPartner = atPlaces.filter((one) => ["manageCustomer", "manageAgents", "manageWebhooks"].includes(actIn(one)));
const reading = atPlaces.filter((one) => actIn(one) === "read");
const changing = atPlaces.filter((one) => !ofPartner.includes(one) && !reading.includes(one));
const openTo = new Set<Route["authority"]>(["anyAgent", "eachCustomer"]);
const open = documented.filter((one) => openTo.has(authorityOf(one)));

function actIn(one: Documented): string {
  const authority = authorityOf(one);
  return typeof authority === "string" ? "" : authority.act;
}

/** The request about the customer and the batch that are there; all else in it is made up, and is not looked at before. */
function requestOf(one: Documented, batch?: Batch): Sent {
  const words = new Map<string, string>([
    [exampleIds.customerId, customer.id],
    ["order-4711", newId()],
  ]);
  if (batch !== undefined) words.set(exampleIds.batchId, batch.id);
  return toRequest(one, { headers: {}, words });
}

const ask = async (key: string, request: Sent) => {
  const { status, text, type } = await send({ app, key }, request);
  const { code, detail } = type.includes("problem")
    ? (JSON.parse(text) as ProblemDocument)
    : { code: null, detail: "" };
  return { status, code, detail, text };
};

const refusedAttempts = async ({ id }: Colleague) =>
  (
    await app.db.sql<{ attempt: string }[]>`
    select distinct after ->> 'attempt' as attempt from audit where actor_id = ${id} and status = 'refused'`
  ).map(({ attempt }) => attempt);

/** The roles that do not do for what the request is about, by the table of the domain. */
function rolesWithout(one: Documented, request: Sent, batch: Batch | undefined): GdapRole[] {
  const act = neededBy(actIn(one), request, batch);
  const any = act === "updateUsers" ? (["updateUsers", "changeSignIn", "setUsageLocation"] as const) : [act];
  return gdapRoleNames.filter((role) => any.every((some) => table[some][role] === "-"));
}

function neededBy(act: string, { address, body = "" }: Sent, batch: Batch | undefined): keyof typeof table {
  const resets = batch?.operation === "resetPasswords";
  if (act === "operationOfBatch") return resets ? "resetPasswords" : "createUsers";
  if (act === "passwordsOfBatch") return resets ? "resetPasswords" : "downloadPasswords";
  if (act === "operationOfBody") return (JSON.parse(body) as { operation: FileOperation }).operation;
  if (act !== "operationOfOptions") return act as CustomerAct;
  const slug = new URL(address, app.url).searchParams.get("operation");
  return operationFromSlug(slug as OperationSlug);
}

it("there is a request to try for each route", () => {
  expect(new Set(documented.map(({ name }) => name))).toEqual(new Set(routeNames));
  expect(atPlaces.length).toBeGreaterThan(80);
});

describe("who may see what a route is about, and not do its act, is told the role that is missing:", () => {
  it.each(titled(changing))("%s, %s", async (name, _key, one) => {
    for (const batch of one.path.includes("{batchId}") ? batches : [undefined]) {
      const request = requestOf(one, batch);
      const without = rolesWithout(one, request, batch);
      expect(without).toContain("directoryReader");
      // Whatever their grants, Sales agents change licenses, by an undo as well, and nothing else.
      const sellers = ["changeLicenses", "undoBatch"].includes(neededBy(actIn(one), request, batch)) ? [] : [seller];
      for (const caller of [...without.map((role) => holders.get(role) as Colleague), ...sellers]) {
        const { status, code, detail } = await ask(caller.key, request);
        expect([status, code]).toEqual([403, "forbidden"]);
        expect(detail).toMatch(caller === seller ? /^Needs Admin agent$/ : /^Needs .+ at Customer /);
        expect(await refusedAttempts(caller)).toContain(name);
      }
    }
  });

  it.each(titled(ofPartner))("%s, %s", async (name, _key, one) => {
    const answer = await ask(seller.key, requestOf(one));
    expect(answer).toMatchObject({ status: 403, code: "forbidden", detail: "Needs Admin agent" });
    expect(await refusedAttempts(seller)).toContain(name);
  });
});

describe("who may not see what a route is about is not told that it is there:", () => {
  const placed = atPlaces.filter(({ path }) => /\{(?:customerId|batchId)\}/.test(path));
  it.each(titled(placed))("%s, %s", async (_name, _key, one) => {
    expect(await ask(stranger.key, requestOf(one, batches[0]))).toMatchObject({ status: 404, code: "not_found" });
  });
});

it("nothing was done for those who were refused, and each refusal was written down", async () => {
  const refused = [...holders.values(), seller, stranger].map(({ id }) => id);
  const done = await app.db.sql`select operation from audit where actor_id = any(${refused}) and status <> 'refused'`;
  expect(done).toEqual([]);
  const made = await app.db.sql`select id from batches where customer_id = ${customer.id}`;
  expect(made).toHaveLength(batches.length);
});

describe("what is read at a customer is given to whoever may read there:", () => {
  it.each(titled(reading))("%s, %s", async (_name, _key, one) => {
    const madeUp = /\{(?:userId|rowNo)\}/.test(one.path);
    expect((await ask(seller.key, requestOf(one, batches[0]))).status).toBe(madeUp ? 404 : 200);
  });
});

describe("what is open to any agent holds nothing that one may not see:", () => {
  it.each(titled(open))("%s, %s", async (_name, _key, one) => {
    const { status, text } = await ask(stranger.key, requestOf(one, batches[0]));
    const expected = one.path.includes("{bundleId}") ? 404 : one.name === "createBundle" ? 201 : 200;
    expect(status).toBe(expected);
    for (const hidden of [customer.id, customer.domain, ...batches.map(({ id }) => id)]) {
      expect(text).not.toContain(hidden);
    }
  });
});

describe("an agent's own sign-ins and keys", () => {
  const ownersOnly = new Set<Route["authority"]>(["namedAgent", "keyOwner"]);
  const own = documented.filter((one) => ownersOnly.has(authorityOf(one)));
  it.each(titled(own))("are not for the token of the environment: %s, %s", async (_name, _key, one) => {
    expect(await ask(app.key, requestOf(one))).toMatchObject({ status: 403, code: "forbidden" });
  });

  it.each(titled(own))(
    "are kept, where they are keys, from a key that is narrowed: %s, %s",
    async (name, _key, one) => {
      const { id } = await makeColleague(app);
      const narrowed = await makeKey(app, id, { roles: ["directoryReader"] });
      const { code } = await ask(narrowed, requestOf(one));
      expect(code === "forbidden").toBe(routes[name].authority === "keyOwner");
    },
  );
});

const users = () => `/v1/customers/${customer.id}/users`;

describe("what is asked first:", () => {
  it("whether one may see the customer, then whether the body is right, then whether one may do it", async () => {
    const reader = holders.get("directoryReader")?.key ?? "";
    const [wrong, right] = [{ nonsense: true }, { userPrincipalName: "a", displayName: "A" }];
    expect((await app.refused(users(), { key: stranger.key, json: wrong })).body.code).toBe("not_found");
    expect((await app.refused(users(), { key: reader, json: wrong })).body.code).toBe("body_invalid");
    expect((await app.refused(users(), { key: reader, json: right })).body.code).toBe("forbidden");
  });

  it("whether one may do it, before a key of the request that is malformed or used", async () => {
    const reader = holders.get("directoryReader")?.key ?? "";
    const json = { userPrincipalName: "a", displayName: "A" };
    const [malformed, used] = [{ "idempotency-key": "with a blank" }, { "idempotency-key": "used" }];
    expect((await app.request(users(), { json, headers: used })).status).toBe(202);
    for (const headers of [malformed, used]) {
      expect((await app.refused(users(), { key: reader, json, headers })).body.code).toBe("forbidden");
    }
    expect((await app.refused(users(), { json, headers: malformed })).body.code).toBe("body_invalid");
  });

  it("whether the options of a file are right, before whether one may do its operation", async () => {
    const reader = holders.get("directoryReader")?.key ?? "";
    const path = `/v1/customers/${customer.id}/uploads`;
    expect((await app.refused(path, { key: reader, csv: "a\n" })).body.code).toBe("body_invalid");
    const form = new FormData();
    form.append("options", JSON.stringify({ operation: "delete-users" }));
    form.append("file", new Blob(["Email\nnobody\n"]), "users.csv");
    const headers = { authorization: `Bearer ${holders.get("directoryWriter")?.key ?? ""}` };
    const answer = await fetch(`${app.url}${path}?operation=create-users`, { method: "POST", headers, body: form });
    expect((await answer.json()) as ProblemDocument).toMatchObject({ code: "forbidden" });
  });
});
