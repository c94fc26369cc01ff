import { afterAll, beforeAll, expect, test } from "vitest";
import type { BatchOptions } from "../../contract/batch.ts";
import type { UserInput } from "../../contract/user.ts";
import { submitRows } from "../../core/batches/submit/submit-rows.ts";
import type { QueuedChunk } from "../../core/queued-chunk.ts";
import {
  admin,
  bothDefaults,
  licensed,
  openTestCore,
  person,
  plansOf,
  type TestCore,
  type TestTenant,
} from "./test-core.ts";

let core: TestCore;

beforeAll(async () => {
  core = await openTestCore();
});
afterAll(() => core.close());

/** A customer with a seat of one product and none of another, an active user and a deleted one. */
async function staffed(): Promise<TestTenant> {
  const tenant = await core.makeCustomer([
    { skuPartNumber: "SPE_E3", total: 1 },
    { skuPartNumber: "EMS", total: 0 },
  ]);
  await core.provision(tenant, [person("there"), person("gone")]);
  await core.deleteUser(tenant, "gone");
  return tenant;
}

/** What the batch of one row came to, with the chunk that was put into a queue. */
async function submitted(row: UserInput, options: BatchOptions, queued?: QueuedChunk[]) {
  const { id } = await staffed();
  const context =
    queued === undefined ? core.context : { ...core.context, enqueue: (one: QueuedChunk) => queued.push(one) };
  const asked = { customerId: id, operation: "createUsers", source: "single", rows: [row], options } as const;
  const { batchId } = await submitRows(context, admin, asked, { apply: true });
  const { state, plan, planVersion, seats, brake, totals } = await core.batch(batchId);
  return { plans: plansOf(await core.rows(batchId)), state, plan, planVersion, seats, brake, totals };
}

test.each<[string, UserInput, Partial<BatchOptions>, boolean]>([
  ["a new user", person("new"), {}, true],
  ["one with a license", licensed("new", "SPE_E3"), {}, true],
  ["one with an open role", person("new", { permission: "Password admin" }), {}, true],
  ["one without a seat", licensed("new", "EMS"), {}, true],
  ["one who is to be an admin", person("new", { permission: "Global admin" }), {}, false],
  ["one who is there", person("there"), {}, true],
  ["one who is there with another name", { ...person("there"), displayName: "Other" }, {}, false],
  ["one who is to be changed", { ...person("there"), displayName: "Other" }, { onExisting: "update" }, true],
  ["one who is to be blocked", { ...person("there"), accountEnabled: false }, { onExisting: "update" }, false],
  ["one who was deleted", person("gone"), {}, false],
  ["one who is to come back", person("gone"), { onDeleted: "restore" }, true],
  ["a name that is none", person("a b"), {}, false],
])("%s is planned in one go as in several steps", async (_who, row, more, queues) => {
  const options = { ...bothDefaults, ...more };
  const queued: QueuedChunk[] = [];
  expect(await submitted(row, options, queued)).toEqual(await submitted(row, options));
  expect(queued).toHaveLength(queues ? 1 : 0);
});
