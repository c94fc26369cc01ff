import * as fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Batch } from "../../contract/batch.ts";
import { type Code, describeCode } from "../../contract/codes.ts";
import { fieldNames } from "../../contract/fields.ts";
import { startApp, type TestApp } from "../support/app.ts";
import { mutated, oddTexts, oddWorkbooks, spoiledTexts, spoiledWorkbooks } from "../support/mutations.ts";

let app: TestApp;
let customer: { id: string; domain: string };
beforeAll(async () => {
  app = await startApp();
  customer = await app.makeCustomer([{ skuPartNumber: "SPE_E3", total: 5 }]);
});
afterAll(() => app.close());

async function readiness(): Promise<number> {
  return (await app.request("/readyz")).status;
}

type Sent = { method?: string; body: string | Blob; headers?: Record<string, string> };

/** Sends a request that has to end soon, and gives the answer if it is one that a caller can do something with. */
async function send(path: string, { method = "POST", body, headers = {} }: Sent): Promise<unknown> {
  const answer = await fetch(`${app.url}${path}`, {
    method,
    body,
    headers: { authorization: `Bearer ${app.key}`, ...headers },
    signal: AbortSignal.timeout(20_000),
  });
  const text = await answer.text();
  expect({ status: answer.status, text }).toMatchObject({ status: expect.toSatisfy((status) => status < 500) });
  if (answer.status < 400) return JSON.parse(text);
  expect(answer.headers.get("content-type")).toMatch(/^application\/problem\+json/);
  const { code, detail } = JSON.parse(text) as { code: Code; detail: string };
  expect([code, describeCode(code)?.status]).toEqual([code, answer.status]);
  expect(detail.length).toBeGreaterThan(10);
  return null;
}

function sum(counts: Record<string, number>): number {
  return Object.values(counts).reduce((all, count) => all + count, 0);
}

/** Expects that the sums of `batch` are right, now and once it has ended, and that it can be looked at. */
async function expectSound(batch: Batch): Promise<void> {
  const { state, id } = batch;
  expect(["ready", "scheduled", "running", "finished"]).toContain(state);
  const ended = state === "running" ? await app.finished(id) : batch;
  const { rows, ...states } = ended.totals;
  expect([sum(states), sum(ended.plan)]).toEqual([rows, rows]);
  for (const part of ["rows", "columns", "causes", "results.csv", "failed.csv"]) {
    expect((await app.request(`/v1/batches/${id}/${part}`)).status).toBe(200);
  }
}

const optional = { requiredKeys: [] };

/** `usual` six times of seven: where every value is odd, each request is refused for the first of them. */
function mostly<T>(usual: fc.Arbitrary<T>, odd: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ weight: 6, arbitrary: usual }, { weight: 1, arbitrary: odd });
}

const mappings = fc.dictionary(
  mostly(fc.constantFrom("Wo", "First name", "E-mail"), oddTexts),
  fc.option(mostly(fc.constantFrom(...fieldNames), oddTexts)),
  { maxKeys: 3 },
);
const customerDomain = fc.constant("").map(() => customer.domain);
const patternTexts = fc.array(fc.oneof(fc.constantFrom("{givenName}", "{s}", "{displayName}", "."), oddTexts), {
  maxLength: 3,
});
const settings = {
  usageLocation: mostly(fc.constantFrom("SE", "Spanien"), oddTexts),
  skus: mostly(fc.constant("SPE_E3"), oddTexts),
  domain: mostly(customerDomain, oddTexts),
  upnPattern: mostly(
    fc.constantFrom("{givenName}.{surname}", "{g}{surname}", "{displayName}"),
    patternTexts.map((parts) => parts.join("")),
  ),
  onExisting: mostly(fc.constantFrom("skip", "update"), oddTexts),
  onDeleted: mostly(fc.constantFrom("ask", "restore", "create"), oddTexts),
};
const wellMeant = fc.record(
  {
    usageLocation: fc.constant("SE"),
    domain: customerDomain,
    upnPattern: fc.constantFrom("{givenName}.{surname}", "{g}{surname}", "{displayName}"),
    onExisting: fc.constantFrom("skip", "update"),
    apply: fc.constantFrom("true", "false"),
  },
  optional,
);
const anyOptions = fc.record(
  {
    ...settings,
    mapping: fc.oneof(
      mappings.map((one) => JSON.stringify(one)),
      oddTexts,
    ),
    fileName: oddTexts,
  },
  optional,
);
const rawQueries = fc.constantFrom(
  "&%zz",
  "&&=",
  "&mapping={",
  "&skus[]=1",
  "&__proto__=1",
  "&domain=a&domain=b",
  "&%00",
);
const queries = fc.oneof(
  { weight: 4, arbitrary: wellMeant.map((one) => `&${new URLSearchParams(one).toString()}`) },
  {
    weight: 2,
    arbitrary: anyOptions.map((one) => `&${new URLSearchParams(one as Record<string, string>).toString()}`),
  },
  { weight: 1, arbitrary: rawQueries },
);

async function upload(bytes: Uint8Array, query: string): Promise<void> {
  const path = `/v1/customers/${customer.id}/uploads?operation=create-users${query}`;
  const batch = await send(path, { body: new Blob([bytes]), headers: { "content-type": "text/csv" } });
  if (batch !== null) await expectSound(batch as Batch);
}

// A workbook is read in a thread of its own, which takes most of a second to start from the sources: few runs here,
// and hundreds without the thread in test/core.
it.each([
  ["bytes of no meaning", fc.uint8Array({ maxLength: 300 }), 50],
  ["tables that were spoiled", spoiledTexts, 60],
  ["workbooks that were spoiled", spoiledWorkbooks, 20],
  ["workbooks that say what none says", oddWorkbooks, 8],
] as [string, fc.Arbitrary<Uint8Array>, number][])(
  "%s are planned or refused with a reason",
  async (_what, files, runs) => {
    await fc.assert(fc.asyncProperty(files, queries, upload), { numRuns: runs });
    expect(await readiness()).toBe(200);
  },
);

const boundary = "a-boundary";
const forms = fc.record({
  options: mostly<object>(wellMeant, anyOptions).map((one) => JSON.stringify({ operation: "create-users", ...one })),
  file: fc.oneof(spoiledTexts, spoiledTexts, spoiledWorkbooks),
  fileName: oddTexts,
});

function writeForm({ options, file, fileName }: { options: string; file: Buffer; fileName: string }): Buffer {
  const name = fileName.replaceAll(/["\r\n]/g, "_");
  return Buffer.concat([
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="options"\r\n\r\n${options}\r\n--${boundary}\r\n`,
    ),
    Buffer.from(`Content-Disposition: form-data; name="file"; filename="${name}"\r\n\r\n`),
    file,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
}

it.each([
  ["forms with spoiled files and options", forms.map(writeForm), 30],
  ["forms that were spoiled themselves", mutated(forms.map(writeForm)), 30],
] as [string, fc.Arbitrary<Buffer>, number][])(
  "%s are planned or refused with a reason",
  async (_what, bodies, runs) => {
    await fc.assert(
      fc.asyncProperty(bodies, async (body) => {
        const headers = { "content-type": `multipart/form-data; boundary=${boundary}` };
        const batch = await send(`/v1/customers/${customer.id}/uploads`, { body: new Blob([body]), headers });
        if (batch !== null) await expectSound(batch as Batch);
      }),
      { numRuns: runs },
    );
    expect(await readiness()).toBe(200);
  },
);

const times = fc.oneof(
  fc.constantFrom("2199-01-01T00:00:00Z", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59-23:59", null),
  fc.constantFrom("1900-01-01T00:00:00.123456789Z", "2199-02-30T00:00:00Z", "+275760-09-13T00:00:00Z"),
  oddTexts,
);
const numbers = mostly<unknown>(fc.constantFrom(1, 2), fc.constantFrom(-1, 0, 3, 2_147_483_648, 1.5, 1e21, "1", null));
/** Texts that are not refused for their length alone. */
const shortTexts = oddTexts.filter((text) => text.length < 32_000);
const values = fc.dictionary(
  mostly(fc.constantFrom("First name", "Wo", "Password", ...fieldNames), oddTexts),
  fc.oneof(fc.constantFrom("ann", "SE", "SPE_E3", "yes"), shortTexts, fc.constant(null)),
  { minKeys: 1, maxKeys: 4 },
);
const person = fc.record(
  {
    userPrincipalName: fc.oneof(shortTexts, fc.constantFrom("ann", "bo")),
    displayName: mostly(fc.constant("Ann"), shortTexts),
    givenName: shortTexts,
    surname: shortTexts,
    usageLocation: mostly(fc.constant("SE"), shortTexts),
    licenses: fc.array(fc.record({ sku: mostly(fc.constant("SPE_E3"), shortTexts) }), { maxLength: 2 }),
    permission: mostly(fc.constant("User"), shortTexts),
    accountEnabled: fc.boolean(),
    password: shortTexts,
  },
  optional,
);
const people = fc.array(mostly<unknown>(person, fc.jsonValue()), { minLength: 1, maxLength: 4 });
const jsonOptions = fc.record({ ...settings, skus: fc.array(settings.skus, { maxLength: 2 }) }, optional);

/** JSON of a shape that is nearly right, of no shape, and text that was JSON. */
function jsonBodies(shape: fc.Arbitrary<unknown>): fc.Arbitrary<string | Blob> {
  const text = shape.map((value) => JSON.stringify(value));
  return fc.oneof(
    { weight: 12, arbitrary: text },
    { weight: 1, arbitrary: fc.json() },
    { weight: 2, arbitrary: mutated(text.map((one) => Buffer.from(one))).map((bytes) => new Blob([bytes])) },
  );
}

const json = { "content-type": "application/json" };
const file = "First name,Last name,Wo,E-mail,Password,Licenses\nAna,Silva,Delft,,,\nBo,Li,Gouda,bo,,SPE_E3\n";

it.each([
  [
    "a batch",
    "",
    jsonBodies(fc.record({ mapping: fc.option(mappings), options: jsonOptions, startAt: times }, optional)),
  ],
  ["rows", "/rows", jsonBodies(fc.record({ rows: fc.array(fc.record({ rowNo: numbers, values }), { maxLength: 3 }) }))],
  ["one row", "/rows/1", jsonBodies(fc.record({ values }))],
] as [string, string, fc.Arbitrary<string | Blob>][])(
  "changes of %s are made or refused with a reason",
  async (_what, path, all) => {
    await fc.assert(
      fc.asyncProperty(all, async (body) => {
        const { id } = await app.upload(customer.id, file);
        await send(`/v1/batches/${id}${path}`, { method: "PATCH", body, headers: json });
        await expectSound((await app.request<Batch>(`/v1/batches/${id}`)).body);
      }),
      { numRuns: 25 },
    );
    expect(await readiness()).toBe(200);
  },
);

it("batches of JSON rows are planned or refused with a reason", async () => {
  const operation = mostly(fc.constant("createUsers"), oddTexts);
  const shape = fc.record(
    { operation, rows: people, options: jsonOptions, apply: fc.boolean(), startAt: times },
    { requiredKeys: ["operation", "rows"] },
  );
  await fc.assert(
    fc.asyncProperty(jsonBodies(shape), async (body) => {
      const batch = await send(`/v1/customers/${customer.id}/batches`, { body, headers: json });
      if (batch !== null) await expectSound(batch as Batch);
    }),
    { numRuns: 60 },
  );
  expect(await readiness()).toBe(200);
});
