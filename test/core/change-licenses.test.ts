import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TargetInput } from "../../contract/user-changes.ts";
import {
  e3,
  ems,
  endings,
  intunePlan,
  licensed,
  mfaPlan,
  openTestCore,
  p1,
  person,
  plansOf,
  type TestCore,
  type TestTenant,
} from "./test-core.ts";
import { act, carryOut, pictureOf, planFile, planSelection, planTargets, retryRows } from "./targets.ts";

let core: TestCore;
let tenant: TestTenant;
beforeAll(async () => {
  core = await openTestCore();
  tenant = await core.makeCustomer([
    ...[e3, p1, ems].map(({ skuPartNumber }) => ({ skuPartNumber, total: 50 })),
    ...["EXCHANGESTANDARD", "EXCHANGEENTERPRISE", "MCOEV", "STANDARDPACK", "MEE_FACULTY"].map((skuPartNumber) => ({
      skuPartNumber,
      total: 5,
    })),
  ]);
});
afterAll(() => core.close());

const change = (rows: TargetInput[]) => act(core, tenant, "changeLicenses", rows);
const held = async (name: string) => (await core.user(tenant, name)).licenses.map(({ skuPartNumber }) => skuPartNumber);
const whole = ({ skuId }: { skuId: string }) => ({ skuId, disabledPlans: [] });
const add = (...skus: string[]) => skus.map((sku) => ({ sku }));
const planned = async (rows: TargetInput[]) =>
  plansOf(await core.rows(await planTargets(core, tenant, "changeLicenses", rows)));

describe("changing licenses", () => {
  it("adds and removes at once and leaves the other licenses alone, with one record", async () => {
    await core.provision(tenant, [licensed("swap", "AAD_PREMIUM", "EMS")]);
    const { batch, rows } = await change([{ userPrincipalName: "swap", add: [{ sku: "SPE_E3" }], remove: ["EMS"] }]);
    expect(batch.plan.update).toBe(1);
    expect(endings(rows)).toEqual(["succeeded"]);
    expect(await held("swap")).toEqual(["AAD_PREMIUM", "SPE_E3"]);
    expect(await core.audited(batch.id)).toEqual({ update_customer_user_licenses: 1 });
    const [record] = await core.context.db.sql`
      select before, after from audit where batch_id = ${batch.id} and user_id is not null`;
    expect(record).toEqual({ before: { licenses: [p1, ems].map(whole) }, after: { licenses: [e3, p1].map(whole) } });
    await core.seats(tenant);
  });

  it("switches service plans off and on", async () => {
    await core.provision(tenant, [licensed("plans", "EMS")]);
    const off = [{ sku: "EMS", disabledPlans: ["INTUNE_A", mfaPlan] }];
    await change([{ userPrincipalName: "plans", add: off }]);
    const [license] = (await core.user(tenant, "plans")).licenses;
    expect(license?.disabledPlans.toSorted()).toEqual([mfaPlan, intunePlan].toSorted());
    // A license that is only named keeps its plans.
    const same = await change([{ userPrincipalName: "plans", add: [{ sku: "EMS" }] }]);
    expect(endings(same.rows)).toEqual(["unchanged"]);
    const on = await change([{ userPrincipalName: "plans", add: [{ sku: "EMS", disabledPlans: [] }] }]);
    expect(endings(on.rows)).toEqual(["succeeded"]);
    expect((await core.user(tenant, "plans")).licenses[0]?.disabledPlans).toEqual([]);
  });

  it("a second time, by batch or file, changes nothing", async () => {
    await core.provision(tenant, [licensed("twice", "EMS")]);
    const csv = `User name,Add licenses,Remove licenses\ntwice,SPE_E3,EMS; AAD_PREMIUM\n`;
    const first = await carryOut(core, await planFile(core, tenant, "changeLicenses", csv));
    expect(endings(first.rows)).toEqual(["succeeded"]);
    const before = await pictureOf(core, tenant);
    const again = await carryOut(core, await planFile(core, tenant, "changeLicenses", csv));
    const other = await change([{ userPrincipalName: "twice", remove: ["EMS"], add: [{ sku: e3.skuId }] }]);
    expect([...endings(again.rows), ...endings(other.rows)]).toEqual(["unchanged", "unchanged"]);
    expect(await pictureOf(core, tenant)).toEqual(before);
  });

  it("that cannot be is refused in the plan with its cause", async () => {
    await core.provision(tenant, [
      person("nowhere"),
      { ...licensed("cuban"), usageLocation: "CU" },
      licensed("mailed", "EXCHANGESTANDARD"),
      licensed("phoned", "STANDARDPACK", "MCOEV"),
      licensed("plain"),
    ]);
    expect(
      await planned([
        { userPrincipalName: "nowhere", add: add("EMS") },
        { userPrincipalName: "cuban", add: add("EMS") },
        { userPrincipalName: "mailed", add: add("EXCHANGEENTERPRISE") },
        { userPrincipalName: "phoned", remove: ["STANDARDPACK"] },
        { userPrincipalName: "plain", add: add("EMS", "MEE_FACULTY") },
      ]),
    ).toEqual([
      "invalid usage_location_missing",
      "invalid prohibited_in_location",
      "invalid plan_conflict",
      "invalid plan_dependency",
      "invalid license_group_mixed",
    ]);
    expect(
      await planned([
        { userPrincipalName: "plain", add: add("VISIOCLIENT") },
        { userPrincipalName: "mailed", add: add("EXCHANGEENTERPRISE"), remove: ["EXCHANGESTANDARD"] },
        { userPrincipalName: "phoned" },
        { userPrincipalName: "cuban", add: add("EMS"), remove: ["EMS"] },
      ]),
    ).toEqual(["invalid sku_unknown", "update", "invalid required_missing", "invalid value_invalid"]);
  });

  it("goes by row order where seats end, does nothing of the rows beyond, and goes on when there are more", async () => {
    const small = await core.makeCustomer([
      { skuPartNumber: "SPE_E3", total: 2 },
      { skuPartNumber: "EMS", total: 9 },
    ]);
    const names = ["a", "b", "c", "d"];
    await core.provision(
      small,
      names.map((name) => licensed(name, "EMS")),
    );
    const rows = names.map((userPrincipalName) => ({ userPrincipalName, add: [{ sku: "SPE_E3" }], remove: ["EMS"] }));
    const batchId = await planTargets(core, small, "changeLicenses", rows);
    expect(await core.batch(batchId)).toMatchObject({ seats: [{ skuPartNumber: "SPE_E3", needed: 4, free: 2 }] });
    const done = await carryOut(core, batchId);
    expect(endings(done.rows)).toEqual([
      "succeeded",
      "succeeded",
      "failed licenses seat_shortage",
      "failed licenses seat_shortage",
    ]);
    expect((await core.user(small, "c")).licenses).toMatchObject([{ skuPartNumber: "EMS" }]);
    await act(core, small, "changeLicenses", [{ userPrincipalName: "a", remove: ["SPE_E3"] }]);
    expect(endings(await retryRows(core, batchId)).slice(2)).toEqual(["succeeded", "failed licenses seat_shortage"]);
    expect(await core.seats(small)).toMatchObject({ SPE_E3: { consumed: 2 }, EMS: { consumed: 1 } });
  });

  it("gives a seat that another row of the same file frees", async () => {
    const small = await core.makeCustomer([{ skuPartNumber: "SPE_E3", total: 1 }]);
    await core.provision(small, [licensed("leaver", "SPE_E3"), licensed("joiner")]);
    const { rows } = await act(core, small, "changeLicenses", [
      { userPrincipalName: "joiner", add: [{ sku: "SPE_E3" }] },
      { userPrincipalName: "leaver", remove: ["SPE_E3"] },
    ]);
    expect(endings(rows)).toEqual(["succeeded", "succeeded"]);
    expect((await core.user(small, "joiner")).licenses).toHaveLength(1);
    expect(await core.seats(small)).toMatchObject({ SPE_E3: { consumed: 1 } });
  });

  it("of all users that a filter finds", async () => {
    await core.provision(tenant, [licensed("team.one"), licensed("team.two", "EMS")]);
    const select = { filter: { q: "team." } };
    const batchId = await planSelection(core, tenant, "changeLicenses", select, { add: [{ sku: "EMS" }] });
    const { batch } = await carryOut(core, batchId);
    expect(batch.totals).toMatchObject({ rows: 2, succeeded: 1, unchanged: 1 });
  });
});
