import { afterAll, beforeAll, expect, test } from "vitest";
import { textFieldNames } from "../../contract/fields.ts";
import { startApp, type TestApp } from "../support/app.ts";

let app: TestApp;
let customer: { id: string };
beforeAll(async () => {
  app = await startApp();
  customer = await app.makeCustomer();
});
afterAll(() => app.close());

/** The longest cell that is taken holds 32,768 bytes; each of these cost its reader seconds once. */
const longCells = {
  "blanks inside": `é${" ".repeat(32_000)}é`,
  "blanks inside a number": `1${" ".repeat(32_000)}é`,
  "marks of one kind before those of another": `a${"\u0301".repeat(8000)}${"\u0323".repeat(8000)}`,
  "brackets that nobody closes": "[".repeat(32_000),
};

/** What `send` gives, while everybody else is answered within ten seconds. */
async function whileOthersAreAnswered<T>(send: () => Promise<T>): Promise<T> {
  const sent = send();
  const ended = sent.then(
    () => true,
    () => true,
  );
  while (!(await Promise.race([ended, askedHealth()])));
  return sent;
}

async function askedHealth(): Promise<false> {
  const answer = await fetch(`${app.url}/healthz`, { signal: AbortSignal.timeout(10_000) });
  expect(answer.status).toBe(200);
  return false;
}

test.for(Object.entries(longCells))("a file of cells with %s keeps nobody else waiting", async ([, cell]) => {
  const rows = Array.from({ length: 20 }, (_, at) => `person${at},${cell},${cell},${cell},${cell}\n`);
  const batch = await whileOthersAreAnswered(() =>
    app.upload(customer.id, `User name,First name,Works in,Office phone,Country\n${rows.join("")}`),
  );
  expect(batch.plan.invalid).toBe(20);
});

test.for(Object.entries(longCells))("a JSON body of texts with %s keeps nobody else waiting", async ([, text]) => {
  const rows = Array.from({ length: 20 }, (_, at) => ({
    userPrincipalName: `person${at}`,
    displayName: text,
    businessPhone: text,
    country: text,
    permission: text,
  }));
  const answer = await whileOthersAreAnswered(() =>
    app.request<{ plan: { invalid: number } }>(`/v1/customers/${customer.id}/batches`, {
      json: { operation: "createUsers", rows, apply: false },
    }),
  );
  expect([answer.status, answer.body.plan.invalid]).toEqual([202, 20]);
});

test("a user ten of whose texts are 64,000 blanks between two letters is refused while others are answered", async () => {
  const texts = Object.fromEntries(textFieldNames.slice(1, 11).map((field) => [field, `é${" ".repeat(64_000)}é`]));
  const json = { ...texts, userPrincipalName: "eva" };
  const path = `/v1/customers/${customer.id}/users`;
  const refused = await whileOthersAreAnswered(() => app.refused(path, { json, headers: { prefer: "wait=10" } }));
  expect([refused.status, refused.body.code]).toEqual([422, "body_invalid"]);
});
