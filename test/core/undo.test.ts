import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Batch, Row } from "../../contract/batch.ts";
import type { TargetOperation } from "../../contract/operations.ts";
import type { TargetInput } from "../../contract/user-changes.ts";
import type { Actor } from "../../core/actor.ts";
import { changeRows } from "../../core/batches/edit/change-rows.ts";
import { cancelBatch } from "../../core/batches/run/cancel-batch.ts";
import { previewRetry } from "../../core/batches/run/preview-retry.ts";
import { submitUndo } from "../../core/batches/submit/submit-undo.ts";
import { actorAt, grant, makeAgent } from "./authority/agents.ts";
import {
  admin,
  bothProducts,
  endings,
  intunePlan,
  licensed,
  openTestCore,
  people,
  person,
  plansOf,
  problemOf,
  refusal,
  type TestCore,
  type TestTenant,
} from "./test-core.ts";
import { act, carryOut, planTargets, retryRows } from "./targets.ts";

let core: TestCore;
beforeAll(async () => {
  core = await openTestCore();
});
afterEach(() => core.resetClock());
afterAll(() => core.close());

/** All that a batch may change and an undo puts back: passwords, versions and times are not. */
async function stateOf(tenant: TestTenant): Promise<unknown> {
  const { sql } = core.context.db;
  const [state] = await sql`
    select (select json_agg(to_jsonb(users) - 'version' - 'deleted_at' || jsonb_build_object('deleted', deleted_at is not null)
        order by id) from users where customer_id = ${tenant.id}) as users,
      (select json_agg(held order by user_id, sku_id) from license_assignments held where customer_id = ${tenant.id}) as held,
      (select json_agg(held order by user_id, role) from role_assignments held join users on users.id = held.user_id
        where users.customer_id = ${tenant.id} and users.deleted_at is null) as roles,
      (select json_agg(product order by sku_id) from products product where customer_id = ${tenant.id}) as products`;
  return state;
}

async function planUndo(batchId: string, actor: Actor = admin): Promise<{ batch: Batch; rows: Row[] }> {
  const { batchId: id } = await submitUndo(core.context, actor, batchId);
  return { batch: await core.batch(id), rows: await core.rows(id) };
}

async function undo(batchId: string): Promise<{ batch: Batch; rows: Row[] }> {
  const { batch } = await planUndo(batchId);
  return await carryOut(core, batch.id);
}

const u = (no: number) => [{ userPrincipalName: `u${no}` }];

const some = (from: number, to: number, more: TargetInput) =>
  Array.from({ length: to - from }, (_, at) => ({ userPrincipalName: `u${from + at + 1}`, ...more }));

async function shop(): Promise<TestTenant> {
  const tenant = await core.makeCustomer(bothProducts(20));
  await core.provision(tenant, [
    { ...licensed("a", "SPE_E3"), department: "Sales", permission: "Password admin" },
    licensed("b", "SPE_E3", "EMS"),
    licensed("c", "EMS"),
    person("d", { accountEnabled: false }),
    person("gone", { permission: "Password admin" }),
  ]);
  await core.deleteUser(tenant, "gone");
  return tenant;
}

/** Undoes a batch that was carried out, undoes that, and undoes that again; gives the states between. */
async function thereAndBack(tenant: TestTenant, batch: Batch) {
  const after = await stateOf(tenant);
  const first = await undo(batch.id);
  const back = await stateOf(tenant);
  const second = await undo(first.batch.id);
  const again = await stateOf(tenant);
  const third = await undo(second.batch.id);
  const ends = [first, second, third].flatMap(({ rows }) => endings(rows));
  expect(new Set(ends)).toEqual(new Set(["succeeded"]));
  expect(await stateOf(tenant)).toEqual(back);
  return { batch, undone: first.batch, after, back, again };
}

describe("undoing a batch", () => {
  it("puts back what nobody changed since, and keeps and names the rest; the undo of the undo is the first state", async () => {
    const tenant = await core.makeCustomer(bothProducts(400));
    const created = await core.provision(tenant, people(300, { usageLocation: "NL", licenses: [{ sku: "SPE_E3" }] }));
    await act(core, tenant, "updateUsers", some(0, 12, { department: "Sales" }));
    await act(core, tenant, "changeLicenses", some(12, 24, { add: [{ sku: "EMS" }] }));
    await act(core, tenant, "changePermissions", some(24, 36, { permission: "Password admin" }));
    await act(core, tenant, "updateUsers", some(36, 37, { accountEnabled: false, city: "Delft" }));
    const before = await stateOf(tenant);

    const { batch, rows } = await planUndo(created.id);
    expect(batch).toMatchObject({
      operation: "undoBatch",
      undoes: { batchId: created.id, no: created.no },
      plan: { delete: 263, conflict: 37 },
      brake: { users: 263 },
    });
    expect((await core.batch(created.id)).undoneBy).toMatchObject({ batchId: batch.id, no: batch.no, state: "ready" });
    const kept = rows.slice(0, 37);
    expect(new Set(kept.map(({ state, code }) => `${state} ${code}`))).toEqual(new Set(["failed changed_since"]));
    const day = new Date().toISOString().slice(0, 10);
    expect(kept[0]).toMatchObject({
      rowNo: 1,
      field: "department",
      message: `Row 1: "u1@${tenant.domain}" stays as it is: Department changed since, by Ada Agent on ${day} (UTC).`,
    });
    expect([kept[12]?.field, kept[24]?.field, kept[36]?.field]).toEqual(["licenses", "permission", "city"]);
    expect(kept[36]?.message).toContain("City, Sign-in allowed changed since, by Ada Agent");

    const done = await carryOut(core, batch.id);
    expect(done.batch.totals).toMatchObject({ succeeded: 263, failed: 37 });
    expect(await core.seats(tenant)).toMatchObject({ SPE_E3: { consumed: 37 }, EMS: { consumed: 12 } });
    expect(await refusal(submitUndo(core.context, admin, created.id))).toBe("undo_exists");
    expect(endings(await retryRows(core, batch.id)).filter((ending) => ending === "failed changed_since")).toHaveLength(
      37,
    );

    const redone = await undo(batch.id);
    expect(redone.batch.totals).toMatchObject({ rows: 263, succeeded: 263 });
    expect(await stateOf(tenant)).toEqual(before);
  });

  it("is the reverse of each operation, and its own", async () => {
    const tenant = await shop();
    const change = async (operation: TargetOperation, ...rows: TargetInput[]) => {
      const before = await stateOf(tenant);
      const { batch, after, back, again } = await thereAndBack(
        tenant,
        (await act(core, tenant, operation, rows)).batch,
      );
      expect([operation, batch.totals.succeeded]).toEqual([operation, rows.length]);
      expect([operation, back]).toEqual([operation, before]);
      expect([operation, again]).toEqual([operation, after]);
    };
    await change(
      "updateUsers",
      { userPrincipalName: "a", department: null, city: "Delft", accountEnabled: false },
      { userPrincipalName: "b", newUserPrincipalName: "bb" },
      { userPrincipalName: "d", accountEnabled: true, displayName: "Dee" },
    );
    await change(
      "changePermissions",
      { userPrincipalName: "a", permission: "User" },
      { userPrincipalName: "c", permission: "Global admin" },
    );
    await change(
      "changeLicenses",
      { userPrincipalName: "a", add: [{ sku: "EMS" }], remove: ["SPE_E3"] },
      { userPrincipalName: "c", add: [{ sku: "EMS", disabledPlans: [intunePlan] }, { sku: "SPE_E3" }] },
    );
    await change("deleteUsers", { userPrincipalName: "a" }, { userPrincipalName: "b" });
    await change("restoreUsers", { userPrincipalName: "gone" });
  });

  it("of new users who were there already, or were deleted, does each row by itself", async () => {
    const tenant = await shop();
    const rows = [
      { ...licensed("new", "EMS"), permission: "Password admin" },
      { ...licensed("a", "SPE_E3", "EMS"), department: "Support", permission: "User" },
      { ...licensed("gone", "EMS"), department: "Back", permission: "User" },
    ];
    const a = await core.user(tenant, "a");
    const made = await core.provision(tenant, rows, { onExisting: "update", onDeleted: "restore" });
    expect(made.totals.succeeded).toBe(3);
    const { undone, after, again } = await thereAndBack(tenant, made);
    expect(undone.plan).toMatchObject({ delete: 2, update: 1 });
    expect(again).toEqual(after);
    await expect(core.user(tenant, "new")).rejects.toThrow("there is no user new");
    await expect(core.user(tenant, "gone")).rejects.toThrow("there is no user gone");
    expect({ ...(await core.user(tenant, "a")), version: a.version }).toEqual(a);
  });

  it("leaves a user alone who is changed after the plan, and says so in the retry; what is as before already is unchanged", async () => {
    const tenant = await core.makeCustomer();
    await core.provision(tenant, people(4));
    const users = ["u1", "u2", "u3", "u4"].map((userPrincipalName) => ({ userPrincipalName, city: "Delft" }));
    const { batch } = await act(core, tenant, "updateUsers", users);
    await act(core, tenant, "updateUsers", [{ userPrincipalName: "u3", city: null }]);
    await act(core, tenant, "deleteUsers", [{ userPrincipalName: "u4" }]);
    const planned = await planUndo(batch.id);
    expect(plansOf(planned.rows)).toEqual(["update", "update", "unchanged", "conflict changed_since"]);
    expect(planned.rows[3]?.message).toContain("State (deleted) changed since, by Ada Agent");
    expect(planned.rows[0]?.input).toEqual({ Username: `u1@${tenant.domain}`, "Put back": "City: (empty)" });
    await act(core, tenant, "updateUsers", [{ userPrincipalName: "u2", city: "Gouda" }]);
    const { rows } = await carryOut(core, planned.batch.id);
    expect(endings(rows)).toEqual([
      "succeeded",
      "failed update changed_meanwhile",
      "unchanged",
      "failed changed_since",
    ]);
    expect((await previewRetry(core.context, admin, planned.batch.id, {})).goOn).toEqual([]);
    expect(endings(await retryRows(core, planned.batch.id))[1]).toBe("failed changed_since");
    expect(await core.user(tenant, "u2")).toMatchObject({ city: "Gouda" });
    await act(core, tenant, "updateUsers", [{ userPrincipalName: "u2", city: "Delft" }]);
    expect(endings(await retryRows(core, planned.batch.id))[1]).toBe("succeeded");
  });

  it("learns in a retry what a new user was like who was changed after the plan", async () => {
    const tenant = await core.makeCustomer(bothProducts(9));
    const created = await core.provision(tenant, [
      { ...licensed("u1", "SPE_E3", "EMS"), department: "Sales" },
      licensed("u2", "SPE_E3", "EMS"),
      person("u3", { permission: "Password admin" }),
      person("u4"),
    ]);
    const { batch } = await planUndo(created.id);
    await act(core, tenant, "updateUsers", [{ ...u(1)[0]!, city: "Delft" }]);
    await act(core, tenant, "changeLicenses", [{ ...u(2)[0]!, remove: ["EMS"] }]);
    await act(core, tenant, "changePermissions", [{ ...u(3)[0]!, permission: "User" }]);
    const { rows } = await carryOut(core, batch.id);
    expect(endings(rows)).toEqual([...Array<string>(3).fill("failed update changed_meanwhile"), "succeeded"]);
    const kept = await retryRows(core, batch.id);
    expect(endings(kept).slice(0, 3)).toEqual(Array<string>(3).fill("failed changed_since"));
    expect(kept.map(({ field }) => field)).toEqual(["city", "licenses", "permission", null]);
    expect(kept[0]?.message).toContain("stays as it is: City changed since, by Ada Agent on");
    await act(core, tenant, "updateUsers", [{ ...u(1)[0]!, city: null }]);
    await act(core, tenant, "changeLicenses", [{ ...u(2)[0]!, add: [{ sku: "EMS" }] }]);
    await act(core, tenant, "changePermissions", [{ ...u(3)[0]!, permission: "Password admin" }]);
    expect(endings(await retryRows(core, batch.id))).toEqual(Array<string>(4).fill("succeeded"));
  });

  it("keeps whom somebody changes while it is planned", async () => {
    const tenant = await core.makeCustomer();
    const created = await core.provision(tenant, people(2));
    const { sql } = core.context.db;
    await sql`create function change_meanwhile() returns trigger language plpgsql as $$ begin
      update users set city = 'Delft', version = version + 1 where user_principal_name like 'u1@%' and version = 1; return null; end $$`;
    await sql`create trigger meanwhile after insert on rows for each statement execute function change_meanwhile()`;
    const { batch, rows } = await planUndo(created.id);
    await sql`drop function change_meanwhile cascade`;
    expect(plansOf(rows)).toEqual(["conflict changed_meanwhile", "delete"]);
    await carryOut(core, batch.id);
    expect(endings(await retryRows(core, batch.id))).toEqual(["failed changed_since", "succeeded"]);
  });

  it("gives licenses back while seats last", async () => {
    const tenant = await core.makeCustomer(bothProducts(3));
    await core.provision(tenant, [licensed("a", "SPE_E3"), licensed("b", "SPE_E3"), licensed("c", "SPE_E3")]);
    const taken = await act(core, tenant, "changeLicenses", [
      { userPrincipalName: "a", remove: ["SPE_E3"] },
      { userPrincipalName: "b", remove: ["SPE_E3"] },
    ]);
    const deleted = await act(core, tenant, "deleteUsers", [{ userPrincipalName: "c" }]);
    await core.provision(tenant, [licensed("d", "SPE_E3"), licensed("e", "SPE_E3")]);
    const { batch, rows } = await planUndo(taken.batch.id);
    expect(plansOf(rows)).toEqual(["update", "update seat_shortage"]);
    expect(batch.seats).toMatchObject([{ skuPartNumber: "SPE_E3", needed: 2, free: 1 }]);
    expect(endings((await carryOut(core, batch.id)).rows)).toEqual(["succeeded", "failed licenses seat_shortage"]);
    const back = await undo(deleted.batch.id);
    expect(endings(back.rows)).toEqual(["partial licenses seat_shortage"]);
    expect(await core.user(tenant, "c")).toMatchObject({ licenses: [] });
    await core.context.db.sql`update products set total = 5 where customer_id = ${tenant.id}`;
    expect(endings(await retryRows(core, back.batch.id))).toEqual(["succeeded"]);
    expect(endings(await retryRows(core, batch.id))).toEqual(["succeeded", "succeeded"]);
    expect(await core.seats(tenant)).toMatchObject({ SPE_E3: { consumed: 5 } });
  });

  it("needs for each row what the row changes, and to whom", async () => {
    const tenant = await core.makeCustomer();
    const created = await core.provision(tenant, [person("a"), person("boss", { permission: "Global admin" })]);
    const agent = await makeAgent(core.context);
    await grant(core.context, agent, tenant, "userAdministrator");
    const { batch, rows } = await planUndo(created.id, await actorAt(core.context, agent, tenant));
    expect(plansOf(rows)).toEqual(["delete", "invalid forbidden"]);
    expect(rows[1]?.message).toContain("because the user holds an admin role");
    await cancelBatch(core.context, admin, batch.id);
    expect((await core.batch(created.id)).undoneBy).toMatchObject({ batchId: batch.id, state: "cancelled" });
    const writer = await makeAgent(core.context);
    await grant(core.context, writer, tenant, "directoryWriter");
    const other = await planUndo(created.id, await actorAt(core.context, writer, tenant));
    expect(plansOf(other.rows)).toEqual(["invalid forbidden", "invalid forbidden"]);
  });

  it("keeps whom somebody reset, or deleted and restored, since, and says so", async () => {
    const tenant = await core.makeCustomer();
    const created = await core.provision(tenant, people(4));
    await act(core, tenant, "resetPasswords", u(1));
    await act(core, tenant, "deleteUsers", u(2));
    await act(core, tenant, "restoreUsers", u(2));
    const { batch: left } = await act(core, tenant, "deleteUsers", [...u(3), ...u(4)]);
    await act(core, tenant, "restoreUsers", u(3));
    await act(core, tenant, "deleteUsers", u(3));
    const undoing = await planUndo(left.id);
    expect(plansOf(undoing.rows)).toEqual(["conflict changed_since", "restore"]);
    expect(undoing.rows[0]?.message).toContain("State (deleted and restored) changed since, by Ada Agent on");
    await carryOut(core, undoing.batch.id);
    expect(endings(await retryRows(core, undoing.batch.id))[0]).toBe("failed changed_since");
    // As a plan of an earlier version, which kept no time.
    await core.context.db
      .sql`update rows set undone = (undone::jsonb - 'at')::json where batch_id = ${undoing.batch.id}`;
    expect(endings(await retryRows(core, undoing.batch.id))[0]).toBe("failed changed_since");
    const { rows } = await planUndo(created.id);
    expect(rows.slice(0, 2).map(({ message }) => message)).toEqual([
      expect.stringContaining("Password changed since, by Ada Agent on"),
      expect.stringContaining("State (deleted and restored) changed since, by Ada Agent on"),
    ]);
    expect(plansOf(rows)[3]).toBe("conflict changed_since");
    const titled = await act(core, tenant, "updateUsers", [{ ...u(1)[0]!, jobTitle: "Clerk" }]);
    await act(core, tenant, "resetPasswords", u(1));
    expect(plansOf((await planUndo(titled.batch.id)).rows)).toEqual(["update"]);
  });

  it("takes what a retry has changed since the first undo in a second one, and nothing else", async () => {
    const tenant = await core.makeCustomer();
    const domain = `new.${tenant.domain}`;
    const created = await core.provision(tenant, [person("a"), person(`b@${domain}`)]);
    expect((await undo(created.id)).rows).toMatchObject([{ rowNo: 1, state: "succeeded" }]);
    const again = () => refusal(submitUndo(core.context, admin, created.id));
    expect(await again()).toBe("undo_exists");
    expect((await core.batch(created.id)).undoneBy).toMatchObject({ retriedSince: false });
    await core.context.db.sql`insert into domains (name, customer_id) values (${domain}, ${tenant.id})`;
    expect(endings(await retryRows(core, created.id))).toEqual(["succeeded", "succeeded"]);
    expect((await core.batch(created.id)).undoneBy).toMatchObject({ retriedSince: true });
    expect((await undo(created.id)).rows).toMatchObject([{ rowNo: 2, plan: "delete", state: "succeeded" }]);
    expect(await again()).toBe("undo_exists");
  });

  it("is refused where it has no sense, and its rows are not edited", async () => {
    const tenant = await core.makeCustomer();
    const created = await core.provision(tenant, people(3));
    const reset = await act(core, tenant, "resetPasswords", [{ userPrincipalName: "u3" }]);
    const same = await act(core, tenant, "updateUsers", [{ userPrincipalName: "u1", displayName: "Display u1" }]);
    const plan = await planTargets(core, tenant, "deleteUsers", [{ userPrincipalName: "u1" }]);
    const refusals = await Promise.all(
      [reset.batch.id, same.batch.id, plan].map((id) => refusal(submitUndo(core.context, admin, id))),
    );
    expect(refusals).toEqual(["undo_impossible", "nothing_to_undo", "batch_state"]);
    const { batch } = await planUndo(created.id);
    const change = changeRows(core.context, admin, batch.id, [{ rowNo: 1, values: { Username: "u2" } }]);
    expect((await problemOf(change)).code).toBe("undo_fixed");
    const updated = await act(core, tenant, "updateUsers", [{ userPrincipalName: "u1", city: "Delft" }]);
    await act(core, tenant, "deleteUsers", [{ userPrincipalName: "u1" }]);
    const removed = await act(core, tenant, "removeUsers", [{ userPrincipalName: "u1", confirm: "Display u1" }]);
    expect(removed.batch.totals.succeeded).toBe(1);
    expect(await refusal(submitUndo(core.context, admin, removed.batch.id))).toBe("undo_impossible");
    expect(endings((await carryOut(core, batch.id)).rows)).toEqual(["unchanged", "succeeded", "failed changed_since"]);
    expect(plansOf((await planUndo(updated.batch.id)).rows)).toEqual(["invalid removed_for_good"]);
  });
});
