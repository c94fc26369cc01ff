import { afterAll, beforeAll, expect, test } from "vitest";
import type { TargetOperation } from "../../contract/operations.ts";
import type { TargetInput } from "../../contract/user-changes.ts";
import { applyBatch } from "../../core/batches/run/apply-batch.ts";
import { claimChunks } from "../../core/batches/run/claim-chunks.ts";
import { advanceBatches } from "../../core/batches/run/advance-batches.ts";
import { runOne } from "../support/run-batch.ts";
import { admin, openTestCore, people, type TestCore, type TestTenant } from "./test-core.ts";
import { act, pictureOf, planTargets } from "./targets.ts";

let core: TestCore;
beforeAll(async () => {
  core = await openTestCore();
});
afterAll(() => core.close());

const userCount = 20;
const names = Array.from({ length: userCount }, (_, at) => ({ userPrincipalName: `u${at + 1}` }));
const e3 = [{ sku: "SPE_E3" }];

const changes: [operation: TargetOperation, change: TargetInput, deletedFirst: boolean][] = [
  ["updateUsers", { department: "Sales", accountEnabled: false }, false],
  ["changePermissions", { permission: "Password admin" }, false],
  ["changeLicenses", { add: [{ sku: "EMS" }], remove: ["SPE_E3"] }, false],
  ["resetPasswords", {}, false],
  ["deleteUsers", {}, false],
  ["restoreUsers", {}, true],
  ["removeUsers", {}, true],
];

async function customerOf(deletedFirst: boolean): Promise<TestTenant> {
  const tenant = await core.makeCustomer(["SPE_E3", "EMS"].map((skuPartNumber) => ({ skuPartNumber, total: 50 })));
  await core.provision(tenant, people(userCount, { usageLocation: "NL", licenses: e3 }));
  if (deletedFirst) await act(core, tenant, "deleteUsers", names);
  return tenant;
}

/** `removeUsers` wants each name typed. */
function rowsOf(operation: TargetOperation, change: TargetInput): TargetInput[] {
  return names.map((name) => ({
    ...name,
    ...change,
    ...(operation === "removeUsers" ? { confirm: `Display ${name.userPrincipalName}` } : {}),
  }));
}

test.each(changes)(
  "%s by a job that the queue hands out twice, at once and again later, is done and recorded once",
  async (operation, change, deletedFirst) => {
    const tenant = await customerOf(deletedFirst);
    const id = await planTargets(core, tenant, operation, rowsOf(operation, change));
    await applyBatch(core.context, admin, id);
    await advanceBatches(core.context.db);
    const [chunk] = await claimChunks(core.context.db, 1);
    if (chunk === undefined) throw new Error("no chunk is ready");
    const kinds = (await Promise.all([1, 2, 3].map(() => runOne(core.context, chunk)))).map(({ kind }) => kind);
    expect(kinds).toContain("done");
    const after = await pictureOf(core, tenant);
    expect((await core.batch(id)).totals).toMatchObject({ rows: userCount, succeeded: userCount });
    await runOne(core.context, chunk);
    expect(await pictureOf(core, tenant)).toEqual(after);
    const [records] = Object.values(await core.audited(id));
    expect(records).toBe(userCount);
  },
);
