import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { listAudit } from "../../core/audit/read/list-audit.ts";
import { listUsers } from "../../core/directory/users/list-users.ts";
import { getUser } from "../../core/directory/users/read-users.ts";
import { newId } from "../../db/new-id.ts";
import {
  bothProducts,
  ems,
  endings,
  licensed,
  openTestCore,
  people,
  person,
  plansOf,
  type TestCore,
  type TestTenant,
} from "./test-core.ts";
import { act, carryOut, pictureOf, planFile, planSelection, planTargets, retryRows } from "./targets.ts";

let core: TestCore;
beforeAll(async () => {
  core = await openTestCore();
});
afterEach(() => core.resetClock());
afterAll(() => core.close());

const name = (tenant: TestTenant, local: string) => `${local}@${tenant.domain}`;

async function shopWith(seats: number, ...users: Parameters<typeof licensed>[]): Promise<TestTenant> {
  const tenant = await core.makeCustomer(bothProducts(seats));
  await core.provision(
    tenant,
    users.map(([local, ...skus]) => ({ ...licensed(local, ...skus), permission: "Password admin" })),
  );
  return tenant;
}

const skusOf = async (tenant: TestTenant, local: string) =>
  (await core.user(tenant, local)).licenses.map(({ skuPartNumber }) => skuPartNumber);

describe("deleting", () => {
  it("frees the seats, keeps the roles and tells of it once", async () => {
    const tenant = await shopWith(2, ["a", "SPE_E3", "EMS"], ["b", "SPE_E3"]);
    const { id } = await core.user(tenant, "a");
    const { batch, rows } = await act(core, tenant, "deleteUsers", [{ userPrincipalName: "A" }]);
    expect(batch.plan.delete).toBe(1);
    expect(endings(rows)).toEqual(["succeeded"]);
    expect(await core.seats(tenant)).toEqual({ SPE_E3: { total: 2, consumed: 1 }, EMS: { total: 2, consumed: 0 } });
    expect(await getUser(core.context, tenant.id, id)).toMatchObject({
      state: "inactive",
      licenses: [],
      permission: ["passwordAdmin"],
    });
    expect(await core.audited(batch.id)).toEqual({ delete_customer_user: 1 });
  });

  it("once more, by another batch or the same file, changes nothing", async () => {
    const tenant = await shopWith(2, ["a", "SPE_E3"]);
    const csv = `version:v1.0\nUser name [userPrincipalName] Required\n${name(tenant, "a")}\n`;
    await carryOut(core, await planFile(core, tenant, "deleteUsers", csv));
    const before = await pictureOf(core, tenant);
    const again = await carryOut(core, await planFile(core, tenant, "deleteUsers", csv));
    const other = await act(core, tenant, "deleteUsers", [{ userPrincipalName: "a" }]);
    expect([...endings(again.rows), ...endings(other.rows)]).toEqual(["unchanged", "unchanged"]);
    expect(await pictureOf(core, tenant)).toEqual(before);
  });

  it("says which rows name nobody, nobody here, or somebody twice", async () => {
    const [tenant, other] = [await shopWith(1, ["a"]), await shopWith(1, ["b"])];
    const { id } = await core.user(tenant, "a");
    const stranger = await core.user(other, "b");
    const batchId = await planTargets(core, tenant, "deleteUsers", [
      { userPrincipalName: "a" },
      { userPrincipalName: "nobody" },
      { userId: stranger.id },
      { userId: newId() },
      { userId: id },
      { userPrincipalName: "a@elsewhere.example", userId: id },
    ]);
    expect(plansOf(await core.rows(batchId))).toEqual([
      "delete",
      "invalid user_unknown",
      "invalid user_unknown",
      "invalid user_unknown",
      "invalid duplicate_in_file",
      "invalid duplicate_in_file",
    ]);
    expect((await core.row(batchId, 2)).message).toContain("nobody@");
  });

  it("of a user who changed after the plan is refused, and one who was deleted meanwhile is done", async () => {
    const tenant = await shopWith(1, ["a"], ["b"]);
    const batchId = await planTargets(core, tenant, "deleteUsers", [
      { userPrincipalName: "a" },
      { userPrincipalName: "b" },
    ]);
    await core.provision(tenant, [person("a", { jobTitle: "Boss" })], { onExisting: "update" });
    await act(core, tenant, "deleteUsers", [{ userPrincipalName: "b" }]);
    const { rows } = await carryOut(core, batchId);
    expect(endings(rows)).toEqual(["failed delete changed_meanwhile", "unchanged"]);
  });

  it("takes all users that a filter finds, and those chosen by id", async () => {
    const tenant = await core.makeCustomer();
    await core.provision(tenant, people(12));
    const chosen = await carryOut(core, await planSelection(core, tenant, "deleteUsers", { filter: { q: "u1" } }));
    // u1, u10, u11 and u12.
    expect(chosen.batch.totals).toMatchObject({ rows: 4, succeeded: 4 });
    const { id } = await core.user(tenant, "u2");
    const one = await carryOut(core, await planSelection(core, tenant, "deleteUsers", { userIds: [id, newId()] }));
    expect(plansOf(one.rows)).toEqual(["delete", "invalid user_unknown"]);
    expect(one.rows[0]?.input).toEqual({ User: name(tenant, "u2"), objectId: id });
    expect(one.batch.unknownColumns).toEqual([]);
    const left = await listUsers(core.context, tenant.id, { state: "active", limit: 100, count: true });
    expect(left.total).toBe(7);
  });
});

const restore = async (tenant: TestTenant, rows: Parameters<typeof act>[3]) =>
  await act(core, tenant, "restoreUsers", rows);

describe("restoring", () => {
  it("brings back name, roles and licenses where the seats are free", async () => {
    const tenant = await shopWith(1, ["a", "SPE_E3", "EMS"]);
    await act(core, tenant, "deleteUsers", [{ userPrincipalName: "a" }]);
    const { batch, rows } = await restore(tenant, [{ userPrincipalName: "a" }]);
    expect(batch.plan.restore).toBe(1);
    expect(endings(rows)).toEqual(["succeeded"]);
    expect(await skusOf(tenant, "a")).toEqual(["EMS", "SPE_E3"]);
    expect((await core.user(tenant, "a")).permission).toEqual(["passwordAdmin"]);
    expect(await core.seats(tenant)).toMatchObject({ SPE_E3: { consumed: 1 }, EMS: { consumed: 1 } });
    expect(await core.audited(batch.id)).toEqual({ restore_customer_user: 1 });
    const asked = { batchId: batch.id, operation: "update_customer_user_licenses", limit: 10, count: false };
    const [record] = (await listAudit(core.context, "all", asked)).items;
    const { deletedAt, ...before } = record?.before ?? {};
    expect(deletedAt).toEqual(expect.any(String));
    expect(before).toMatchObject({ userPrincipalName: name(tenant, "a"), accountEnabled: true });
    expect(record?.after).toEqual({ ...before, added: ["EMS", "SPE_E3"] });
  });

  it("gives licenses back in row order while seats last, names the others, and a retry goes on with them", async () => {
    const tenant = await shopWith(3, ["a", "SPE_E3", "EMS"], ["b", "SPE_E3"], ["c", "SPE_E3"]);
    await act(core, tenant, "deleteUsers", [
      { userPrincipalName: "a" },
      { userPrincipalName: "b" },
      { userPrincipalName: "c" },
    ]);
    await core.provision(tenant, [licensed("d", "SPE_E3"), licensed("e", "SPE_E3")]);
    const ids = ["b", "a", "c"].map((local) => ({ userPrincipalName: local }));
    const { batch, rows } = await restore(tenant, ids);
    expect(batch.seats).toMatchObject([
      { skuPartNumber: "EMS", needed: 1, free: 3 },
      { skuPartNumber: "SPE_E3", needed: 3, free: 1 },
    ]);
    expect(endings(rows)).toEqual(["succeeded", "partial licenses seat_shortage", "partial licenses seat_shortage"]);
    expect(rows[1]?.message).toContain("Microsoft 365 E3");
    expect(await skusOf(tenant, "a")).toEqual(["EMS"]);
    await core.seats(tenant);

    await act(core, tenant, "deleteUsers", [{ userPrincipalName: "d" }]);
    expect(endings(await retryRows(core, batch.id))).toEqual([
      "succeeded",
      "succeeded",
      "partial licenses seat_shortage",
    ]);
    expect(await skusOf(tenant, "a")).toEqual(["EMS", "SPE_E3"]);
    expect(await core.seats(tenant)).toMatchObject({ SPE_E3: { consumed: 3 } });
  });

  it("is planned with the licenses named for which there is no seat, which it then does without", async () => {
    const tenant = await shopWith(3, ["a", "SPE_E3", "EMS"], ["b", "SPE_E3"], ["c", "SPE_E3", "EMS"]);
    const all = ["b", "a", "c"].map((local) => ({ userPrincipalName: local }));
    await act(core, tenant, "deleteUsers", all);
    await core.provision(tenant, [licensed("d", "SPE_E3", "EMS"), licensed("e", "SPE_E3", "EMS")]);
    const batchId = await planTargets(core, tenant, "restoreUsers", all);
    const planned = await core.rows(batchId);
    expect(planned.map(({ plan, code, message }) => [plan, code, message])).toEqual([
      ["restore", null, null],
      ["restore", "seat_shortage", expect.stringContaining("no seat is left for Microsoft 365 E3.")],
      [
        "restore",
        "seat_shortage",
        expect.stringContaining("no seat is left for Enterprise Mobility + Security E3, Microsoft 365 E3."),
      ],
    ]);
    const { rows } = await carryOut(core, batchId);
    expect(endings(rows)).toEqual(["succeeded", "partial licenses seat_shortage", "partial licenses seat_shortage"]);
    expect([await skusOf(tenant, "a"), await skusOf(tenant, "c")]).toEqual([["EMS"], []]);
  });

  it("is planned with the license named that the customer has no more", async () => {
    const tenant = await shopWith(3, ["a", "SPE_E3", "EMS"]);
    await act(core, tenant, "deleteUsers", [{ userPrincipalName: "a" }]);
    await core.context.db.sql`delete from products where customer_id = ${tenant.id} and sku_part_number = 'EMS'`;
    const batchId = await planTargets(core, tenant, "restoreUsers", [{ userPrincipalName: "a" }]);
    expect(await core.rows(batchId)).toMatchObject([
      { plan: "restore", code: "seat_shortage", message: expect.stringContaining(ems.skuId) },
    ]);
    const { rows } = await carryOut(core, batchId);
    expect(rows).toMatchObject([{ state: "partial", message: expect.stringContaining(ems.skuId) }]);
    expect(await skusOf(tenant, "a")).toEqual(["SPE_E3"]);
  });

  it("is refused where the name is in use again, and done under a new one", async () => {
    const tenant = await shopWith(1, ["a"]);
    const { id } = await core.user(tenant, "a");
    await act(core, tenant, "deleteUsers", [{ userPrincipalName: "a" }]);
    await core.provision(tenant, [person("a", { jobTitle: "New" })], { onDeleted: "create" });
    const taken = await restore(tenant, [{ userId: id }]);
    expect(plansOf(taken.rows)).toEqual(["conflict upn_taken"]);
    const renamed = await restore(tenant, [{ userId: id, newUserPrincipalName: "a.former" }]);
    expect(endings(renamed.rows)).toEqual(["succeeded"]);
    expect((await core.user(tenant, "a.former")).id).toBe(id);
  });

  it("of two who had the same name brings back one of them, and the other under a new name", async () => {
    const tenant = await shopWith(1, ["a"]);
    const first = (await core.user(tenant, "a")).id;
    await act(core, tenant, "deleteUsers", [{ userId: first }]);
    await core.provision(tenant, [person("a")], { onDeleted: "create" });
    const second = (await core.user(tenant, "a")).id;
    await act(core, tenant, "deleteUsers", [{ userId: second }]);
    const both = await restore(tenant, [{ userId: first }, { userId: second }]);
    expect(plansOf(both.rows)).toEqual(["restore", "invalid duplicate_in_file"]);
    const renamed = await restore(tenant, [{ userId: second, newUserPrincipalName: "a.second" }]);
    expect(endings(renamed.rows)).toEqual(["succeeded"]);
  });

  it("is possible on day 29 and not on day 31", async () => {
    const tenant = await shopWith(1, ["a"], ["b"]);
    const ids = [(await core.user(tenant, "a")).id, (await core.user(tenant, "b")).id];
    await act(
      core,
      tenant,
      "deleteUsers",
      ids.map((userId) => ({ userId })),
    );
    core.passDays(29);
    const early = await restore(tenant, [{ userId: ids[0] }]);
    expect(endings(early.rows)).toEqual(["succeeded"]);
    core.passDays(2);
    const late = await restore(tenant, [{ userId: ids[1] }]);
    expect(plansOf(late.rows)).toEqual(["invalid restore_expired"]);
  });

  it("takes Entra's template by object ID, and a second time changes nothing", async () => {
    const tenant = await shopWith(1, ["a", "SPE_E3"]);
    const { id } = await core.user(tenant, "a");
    await act(core, tenant, "deleteUsers", [{ userId: id }]);
    const csv = `version:v1.0\nObject ID [objectId] Required\n${id.toUpperCase()}\n`;
    await carryOut(core, await planFile(core, tenant, "restoreUsers", csv));
    const before = await pictureOf(core, tenant);
    const again = await carryOut(core, await planFile(core, tenant, "restoreUsers", csv));
    expect(endings(again.rows)).toEqual(["unchanged"]);
    expect(await pictureOf(core, tenant)).toEqual(before);
  });

  it("of a name that was given away after the plan is refused at the start", async () => {
    const tenant = await shopWith(1, ["a"]);
    await act(core, tenant, "deleteUsers", [{ userPrincipalName: "a" }]);
    const batchId = await planTargets(core, tenant, "restoreUsers", [{ userPrincipalName: "a" }]);
    await core.provision(tenant, [person("a")], { onDeleted: "create" });
    const { rows } = await carryOut(core, batchId);
    expect(endings(rows)).toEqual(["failed restore upn_taken"]);
  });
});
