import { afterAll, beforeAll, expect, test } from "vitest";
import { addDomain } from "../../core/customers/change-customer.ts";
import { newId } from "../../db/new-id.ts";
import { ada, e3, endings, licensed, openDesk, people, person, upn, type Desk, type Shop } from "./desk.ts";

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

/** Somebody else's change between the plan and its start. */
async function changeCity(shop: Shop, name: string, city: string): Promise<void> {
  await desk.context.db.sql`
    update users set city = ${city}, version = version + 1
    where user_principal_name = ${upn(shop, name)} and deleted_at is null`;
}

test("an update of a user whom somebody else changed meanwhile is not carried out", async () => {
  const shop = await desk.makeCustomer();
  await desk.provision(shop, [person("anna", { city: "Delft" }), person("bo", { city: "Delft" })]);
  const rows = [person("anna", { city: "Gouda" }), person("bo", { city: "Gouda" })];
  const batch = await desk.plan(shop, rows, { onExisting: "update" });
  await changeCity(shop, "anna", "Utrecht");
  const ended = await desk.apply(batch.id);
  expect(ended.totals).toMatchObject({ failed: 1, succeeded: 1 });
  expect(endings(await desk.rows(batch.id))).toEqual(["failed update changed_meanwhile", "succeeded"]);
  expect((await desk.user(shop, "anna")).city).toBe("Utrecht");
  expect((await desk.user(shop, "bo")).city).toBe("Gouda");
});

test("an update that somebody else made already is unchanged", async () => {
  const shop = await desk.makeCustomer();
  await desk.provision(shop, [person("anna", { city: "Delft" })]);
  const batch = await desk.plan(shop, [person("anna", { city: "Gouda" })], { onExisting: "update" });
  await changeCity(shop, "anna", "Gouda");
  expect((await desk.apply(batch.id)).totals).toMatchObject({ unchanged: 1 });
  expect(await desk.audited(batch.id)).toEqual({});
});

test("a user planned unchanged who is not any more is told, not overwritten", async () => {
  const shop = await desk.makeCustomer();
  await desk.provision(shop, [person("anna", { city: "Delft" })]);
  const batch = await desk.plan(shop, [person("anna", { city: "Delft" })], { onExisting: "update" });
  await changeCity(shop, "anna", "Gouda");
  await desk.apply(batch.id);
  expect((await desk.row(batch.id, 1)).code).toBe("changed_meanwhile");
  expect((await desk.user(shop, "anna")).city).toBe("Gouda");
});

test.each(["unchanged", "update"] as const)("a user planned %s who was deleted meanwhile is gone", async (plan) => {
  const shop = await desk.makeCustomer();
  await desk.provision(shop, people(2));
  const more = plan === "update" ? { city: "Gouda" } : {};
  const batch = await desk.plan(shop, people(2, more), { onExisting: "update" });
  expect(batch.plan[plan]).toBe(2);
  await desk.deleteUser(shop, "u1");
  await desk.context.db.sql`delete from users where user_principal_name = ${upn(shop, "u2")}`;
  await desk.apply(batch.id);
  expect((await desk.rows(batch.id)).map((row) => [row.state, row.code])).toEqual([
    ["failed", "user_gone"],
    ["failed", "user_gone"],
  ]);
});

test("a name that somebody else took meanwhile is taken, unless it is as the row asks", async () => {
  const shop = await desk.makeCustomer();
  const batch = await desk.plan(shop, people(3));
  await desk.provision(shop, [person("U1", { displayName: "Somebody else" }), person("u2")]);
  await desk.apply(batch.id);
  expect(endings(await desk.rows(batch.id))).toEqual(["failed create upn_taken", "unchanged", "succeeded"]);
  expect((await desk.user(shop, "u1")).displayName).toBe("Somebody else");
  const passwords = await desk.context.db.sql`select user_id from temporary_passwords where batch_id = ${batch.id}`;
  expect(passwords.length).toBe(1);
});

test("a name that another customer's user took meanwhile is taken even where the values agree", async () => {
  const [shop, other] = [await desk.makeCustomer(), await desk.makeCustomer()];
  const batch = await desk.plan(shop, [person("anna")]);
  await desk.context.db.sql`
    insert into users (id, customer_id, user_principal_name, display_name)
    values (${newId()}, ${other.id}, ${upn(shop, "anna")}, 'Display anna')`;
  await desk.apply(batch.id);
  expect(endings(await desk.rows(batch.id))).toEqual(["failed create upn_taken"]);
});

test("a restored user is active again, as the row asks, with the same id", async () => {
  const shop = await desk.makeCustomer([{ skuPartNumber: "SPE_E3", total: 1 }]);
  await desk.provision(shop, [person("anna", { city: "Delft", jobTitle: "Clerk" })]);
  const id = await desk.deleteUser(shop, "anna");
  const batch = await desk.provision(shop, [{ ...licensed("ANNA", "SPE_E3"), city: "Gouda", displayName: "Anna" }], {
    onDeleted: "restore",
  });
  expect(batch).toMatchObject({ plan: { restore: 1 }, totals: { succeeded: 1 } });
  expect(await desk.user(shop, "anna")).toMatchObject({
    id,
    state: "active",
    deletedAt: null,
    displayName: "Anna",
    city: "Gouda",
    jobTitle: "Clerk",
    licenses: [{ skuId: e3.skuId }],
  });
  expect(await desk.audited(batch.id)).toEqual({ restore_customer_user: 1, update_customer_user_licenses: 1 });
});

test("a restored user without a seat is partial", async () => {
  const shop = await desk.makeCustomer([{ skuPartNumber: "SPE_E3", total: 0 }]);
  await desk.provision(shop, [person("anna")]);
  await desk.deleteUser(shop, "anna");
  const batch = await desk.provision(shop, [licensed("anna", "SPE_E3")], { onDeleted: "restore" });
  expect(endings(await desk.rows(batch.id))).toEqual(["partial licenses seat_shortage"]);
  expect((await desk.user(shop, "anna")).state).toBe("active");
});

test("a deleted user whose name was given away meanwhile stays deleted", async () => {
  const shop = await desk.makeCustomer();
  await desk.provision(shop, people(2));
  const gone = [await desk.deleteUser(shop, "u1"), await desk.deleteUser(shop, "u2")];
  const batch = await desk.plan(shop, people(2), { onDeleted: "restore" });
  await desk.provision(shop, [person("u1", { displayName: "Somebody else" })], { onDeleted: "create" });
  await desk.apply(batch.id);
  expect(endings(await desk.rows(batch.id))).toEqual(["failed update upn_taken", "succeeded"]);
  const [kept] = await desk.context.db.sql<{ deleted: boolean }[]>`
    select deleted_at is not null as deleted from users where id = ${gone[0] ?? ""}`;
  expect(kept?.deleted).toBe(true);
});

test("a deleted user who was removed for good or changed meanwhile is not restored", async () => {
  const shop = await desk.makeCustomer();
  await desk.provision(shop, people(2));
  const [first, second] = [await desk.deleteUser(shop, "u1"), await desk.deleteUser(shop, "u2")];
  const batch = await desk.plan(shop, people(2), { onDeleted: "restore" });
  await desk.context.db.sql`delete from users where id = ${first}`;
  await desk.context.db.sql`update users set version = version + 1 where id = ${second}`;
  await desk.apply(batch.id);
  expect((await desk.rows(batch.id)).map((row) => row.code)).toEqual(["user_gone", "changed_meanwhile"]);
});

test("a deleted user whom somebody else restored meanwhile is unchanged", async () => {
  const shop = await desk.makeCustomer();
  await desk.provision(shop, [person("anna")]);
  const id = await desk.deleteUser(shop, "anna");
  const batch = await desk.plan(shop, [person("anna")], { onDeleted: "restore" });
  await desk.context.db.sql`update users set deleted_at = null, version = version + 1 where id = ${id}`;
  expect((await desk.apply(batch.id)).totals.unchanged).toBe(1);
});

test("a created user gets a new account where the agent chose so, and the leaver's stays deleted", async () => {
  const shop = await desk.makeCustomer();
  await desk.provision(shop, [person("anna")]);
  const leaver = await desk.deleteUser(shop, "anna");
  await desk.provision(shop, [person("anna")], { onDeleted: "create" });
  expect((await desk.user(shop, "anna")).id).not.toBe(leaver);
});

test("a domain or a product that the customer lost after the plan fails its rows alone", async () => {
  const shop = await desk.makeCustomer([
    { skuPartNumber: "SPE_E3", total: 1 },
    { skuPartNumber: "EMS", total: 1 },
  ]);
  const second = `second-${shop.domain}`;
  await addDomain(desk.context, ada, shop.id, second);
  const batch = await desk.plan(shop, [person(`x@${second}`), licensed("anna", "EMS"), licensed("bo", "SPE_E3")]);
  const { sql } = desk.context.db;
  await sql`delete from domains where name = ${second}`;
  await sql`delete from products where customer_id = ${shop.id} and sku_part_number = 'EMS'`;
  await desk.apply(batch.id);
  expect(endings(await desk.rows(batch.id))).toEqual(["failed domain_unverified", "failed sku_unknown", "succeeded"]);
});
