import { afterAll, beforeAll, expect, test } from "vitest";
import { addDomain } from "../../core/directory/customers/change-customer.ts";
import { noteSeatsSql, SeatsMoved, takeNotedSeats, takeSeats } from "../../core/directory/licenses/seats.ts";
import { inTransaction, type Tx } from "../../db/in-transaction.ts";
import { newId } from "../../db/new-id.ts";
import { sql as text } from "../../db/sql-text.ts";
import {
  admin,
  e3,
  endings,
  licensed,
  openTestCore,
  people,
  person,
  upn,
  type TestCore,
  type TestTenant,
} from "./test-core.ts";

let core: TestCore;

beforeAll(async () => {
  core = await openTestCore();
});
afterAll(() => core.close());

/** Somebody else's change between the plan and its start. */
async function changeCity(tenant: TestTenant, name: string, city: string): Promise<void> {
  await core.context.db.sql`
    update users set city = ${city}, version = version + 1
    where user_principal_name = ${upn(tenant, name)} and deleted_at is null`;
}

test("an update of a user whom somebody else changed meanwhile is not carried out", async () => {
  const tenant = await core.makeCustomer();
  await core.provision(tenant, [person("anna", { city: "Delft" }), person("bo", { city: "Delft" })]);
  const rows = [person("anna", { city: "Gouda" }), person("bo", { city: "Gouda" })];
  const batch = await core.plan(tenant, rows, { onExisting: "update" });
  await changeCity(tenant, "anna", "Utrecht");
  const ended = await core.apply(batch.id);
  expect(ended.totals).toMatchObject({ failed: 1, succeeded: 1 });
  expect(endings(await core.rows(batch.id))).toEqual(["failed update changed_meanwhile", "succeeded"]);
  expect((await core.user(tenant, "anna")).city).toBe("Utrecht");
  expect((await core.user(tenant, "bo")).city).toBe("Gouda");
});

test("an update that somebody else made already is unchanged", async () => {
  const tenant = await core.makeCustomer();
  await core.provision(tenant, [person("anna", { city: "Delft" })]);
  const batch = await core.plan(tenant, [person("anna", { city: "Gouda" })], { onExisting: "update" });
  await changeCity(tenant, "anna", "Gouda");
  expect((await core.apply(batch.id)).totals).toMatchObject({ unchanged: 1 });
  expect(await core.audited(batch.id)).toEqual({});
});

test("a user planned unchanged who is not any more is told, not overwritten", async () => {
  const tenant = await core.makeCustomer();
  await core.provision(tenant, [person("anna", { city: "Delft" })]);
  const batch = await core.plan(tenant, [person("anna", { city: "Delft" })], { onExisting: "update" });
  await changeCity(tenant, "anna", "Gouda");
  await core.apply(batch.id);
  expect((await core.row(batch.id, 1)).code).toBe("changed_meanwhile");
  expect((await core.user(tenant, "anna")).city).toBe("Gouda");
});

test.each(["unchanged", "update"] as const)("a user planned %s who was deleted meanwhile is gone", async (plan) => {
  const tenant = await core.makeCustomer();
  await core.provision(tenant, people(2));
  const more = plan === "update" ? { city: "Gouda" } : {};
  const batch = await core.plan(tenant, people(2, more), { onExisting: "update" });
  expect(batch.plan[plan]).toBe(2);
  await core.deleteUser(tenant, "u1");
  await core.context.db.sql`delete from users where user_principal_name = ${upn(tenant, "u2")}`;
  await core.apply(batch.id);
  expect((await core.rows(batch.id)).map((row) => [row.state, row.code])).toEqual([
    ["failed", "user_gone"],
    ["failed", "user_gone"],
  ]);
});

test("a name that somebody else took meanwhile is taken, unless it is as the row asks", async () => {
  const tenant = await core.makeCustomer();
  const batch = await core.plan(tenant, people(3));
  await core.provision(tenant, [person("U1", { displayName: "Somebody else" }), person("u2")]);
  await core.apply(batch.id);
  expect(endings(await core.rows(batch.id))).toEqual(["failed create upn_taken", "unchanged", "succeeded"]);
  expect((await core.user(tenant, "u1")).displayName).toBe("Somebody else");
  const passwords = await core.context.db.sql`select user_id from temporary_passwords where batch_id = ${batch.id}`;
  expect(passwords.length).toBe(1);
});

test("a name that another customer's user took meanwhile is taken even where the values agree", async () => {
  const [tenant, other] = [await core.makeCustomer(), await core.makeCustomer()];
  const batch = await core.plan(tenant, [person("anna")]);
  await core.context.db.sql`
    insert into users (id, customer_id, user_principal_name, display_name)
    values (${newId()}, ${other.id}, ${upn(tenant, "anna")}, 'Display anna')`;
  await core.apply(batch.id);
  expect(endings(await core.rows(batch.id))).toEqual(["failed create upn_taken"]);
});

test("a restored user is active again, as the row asks, with the same id", async () => {
  const tenant = await core.makeCustomer([{ skuPartNumber: "SPE_E3", total: 1 }]);
  await core.provision(tenant, [person("anna", { city: "Delft", jobTitle: "Clerk" })]);
  const id = await core.deleteUser(tenant, "anna");
  const batch = await core.provision(tenant, [{ ...licensed("ANNA", "SPE_E3"), city: "Gouda", displayName: "Anna" }], {
    onDeleted: "restore",
  });
  expect(batch).toMatchObject({ plan: { restore: 1 }, totals: { succeeded: 1 } });
  expect(await core.user(tenant, "anna")).toMatchObject({
    id,
    state: "active",
    deletedAt: null,
    displayName: "Anna",
    city: "Gouda",
    jobTitle: "Clerk",
    licenses: [{ skuId: e3.skuId }],
  });
  expect(await core.audited(batch.id)).toEqual({ restore_customer_user: 1, update_customer_user_licenses: 1 });
});

test("a restored user without a seat is partial", async () => {
  const tenant = await core.makeCustomer([{ skuPartNumber: "SPE_E3", total: 0 }]);
  await core.provision(tenant, [person("anna")]);
  await core.deleteUser(tenant, "anna");
  const batch = await core.provision(tenant, [licensed("anna", "SPE_E3")], { onDeleted: "restore" });
  expect(endings(await core.rows(batch.id))).toEqual(["partial licenses seat_shortage"]);
  expect((await core.user(tenant, "anna")).state).toBe("active");
});

test("a deleted user whose name was given away meanwhile stays deleted", async () => {
  const tenant = await core.makeCustomer();
  await core.provision(tenant, people(2));
  const gone = [await core.deleteUser(tenant, "u1"), await core.deleteUser(tenant, "u2")];
  const batch = await core.plan(tenant, people(2), { onDeleted: "restore" });
  await core.provision(tenant, [person("u1", { displayName: "Somebody else" })], { onDeleted: "create" });
  await core.apply(batch.id);
  expect(endings(await core.rows(batch.id))).toEqual(["failed update upn_taken", "succeeded"]);
  const [kept] = await core.context.db.sql<{ deleted: boolean }[]>`
    select deleted_at is not null as deleted from users where id = ${gone[0] ?? ""}`;
  expect(kept?.deleted).toBe(true);
});

test("a deleted user who was removed for good or changed meanwhile is not restored", async () => {
  const tenant = await core.makeCustomer();
  await core.provision(tenant, people(2));
  const [first, second] = [await core.deleteUser(tenant, "u1"), await core.deleteUser(tenant, "u2")];
  const batch = await core.plan(tenant, people(2), { onDeleted: "restore" });
  await core.context.db.sql`delete from users where id = ${first}`;
  await core.context.db.sql`update users set version = version + 1 where id = ${second}`;
  await core.apply(batch.id);
  expect((await core.rows(batch.id)).map((row) => row.code)).toEqual(["user_gone", "changed_meanwhile"]);
});

test("a deleted user whom somebody else restored meanwhile is unchanged", async () => {
  const tenant = await core.makeCustomer();
  await core.provision(tenant, [person("anna")]);
  const id = await core.deleteUser(tenant, "anna");
  const batch = await core.plan(tenant, [person("anna")], { onDeleted: "restore" });
  await core.context.db.sql`update users set deleted_at = null, version = version + 1 where id = ${id}`;
  expect((await core.apply(batch.id)).totals.unchanged).toBe(1);
});

test("a created user gets a new account where the agent chose so, and the leaver's stays deleted", async () => {
  const tenant = await core.makeCustomer();
  await core.provision(tenant, [person("anna")]);
  const leaver = await core.deleteUser(tenant, "anna");
  await core.provision(tenant, [person("anna")], { onDeleted: "create" });
  expect((await core.user(tenant, "anna")).id).not.toBe(leaver);
});

test("a domain or a product that the customer lost after the plan fails its rows alone", async () => {
  const tenant = await core.makeCustomer([
    { skuPartNumber: "SPE_E3", total: 1 },
    { skuPartNumber: "EMS", total: 1 },
  ]);
  const second = `second-${tenant.domain}`;
  await addDomain(core.context, admin, tenant.id, second);
  const batch = await core.plan(tenant, [person(`x@${second}`), licensed("anna", "EMS"), licensed("bo", "SPE_E3")]);
  const { sql } = core.context.db;
  await sql`delete from domains where name = ${second}`;
  await sql`delete from products where customer_id = ${tenant.id} and sku_part_number = 'EMS'`;
  await core.apply(batch.id);
  expect(endings(await core.rows(batch.id))).toEqual(["failed domain_unverified", "failed sku_unknown", "succeeded"]);
});

const takings: Record<string, (tx: Tx, customerId: string, taken: Map<string, number>) => Promise<unknown>> = {
  told: takeSeats,
  noted: (tx, customerId, taken) =>
    tx.together(
      () => tx.rows(text`select ${noteSeatsSql(text`${JSON.stringify(Object.fromEntries(taken))}`)}`),
      () => takeNotedSeats(tx, customerId),
    ),
};

test.each(Object.entries(takings))(
  "%s seats that are gone, or whose product is, undo a transaction that commits along with taking them",
  async (_, takeBy) => {
    const tenant = await core.makeCustomer([{ skuPartNumber: "SPE_E3", total: 3 }]);
    const { skuId } = e3;
    const take = (taken: [string, number][]) =>
      inTransaction(core.context.db.pool, (tx) =>
        tx.last(
          () => tx.rows(text`update customers set name = 'Changed' where id = ${tenant.id}`),
          () => takeBy(tx, tenant.id, new Map(taken)),
        ),
      );
    const found = () => core.context.db.sql`
    select customers.name = 'Changed' as changed, consumed
    from customers join products on products.customer_id = customers.id where customers.id = ${tenant.id}`;
    await expect(take([[skuId, 4]])).rejects.toBeInstanceOf(SeatsMoved);
    await expect(take([[newId(), 1]])).rejects.toBeInstanceOf(SeatsMoved);
    await expect(
      take([
        [skuId, 1],
        [newId(), 1],
      ]),
    ).rejects.toBeInstanceOf(SeatsMoved);
    expect(await found()).toEqual([{ changed: false, consumed: 0 }]);
    await take([[skuId, 3]]);
    expect(await found()).toEqual([{ changed: true, consumed: 3 }]);
  },
);
