import { afterAll, beforeAll, expect, test } from "vitest";
import type { Customer } from "../../contract/customer.ts";
import type { UserInput } from "../../contract/user.ts";
import { getCustomer } from "../../core/customers/read-customers.ts";
import { checkName } from "../../core/users/check-name.ts";
import { suggestUser } from "../../core/users/suggest-user.ts";
import { openDesk, people, person, type Desk, type Shop } from "./desk.ts";
import { planTargets } from "./targets.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

async function customerOf(shop: Shop): Promise<Customer> {
  const customer = await getCustomer(desk.context, shop.id);
  if (customer === null) throw new Error("there is no such customer");
  return customer;
}

test("a name is free, or the agent is told who has it", async () => {
  const shop = await desk.makeCustomer();
  const other = await desk.makeCustomer();
  await desk.provision(shop, [...people(2), person("gone")]);
  await desk.provision(other, people(1));
  await desk.deleteUser(shop, "gone", 10);
  const customer = await customerOf(shop);
  const check = (userPrincipalName: string, userId?: string) =>
    checkName(desk.context, customer, { userPrincipalName, userId });
  const [u1, u2] = [await desk.user(shop, "u1"), await desk.user(shop, "u2")];
  const upn = (name: string) => `${name}@${shop.domain}`;
  expect(await check("new")).toMatchObject({ userPrincipalName: upn("new"), free: true, code: null, holder: null });
  expect(await check(upn("U1"))).toMatchObject({
    free: false,
    code: "upn_taken",
    holder: { userId: u1.id, displayName: "Display u1", state: "active", daysLeft: null },
  });
  expect(await check("gone")).toMatchObject({
    free: false,
    code: "deleted_user_exists",
    holder: { displayName: "Display gone", state: "inactive", daysLeft: 20 },
  });
  expect(await check("u1", u1.id)).toMatchObject({ free: true });
  expect(await check("u1", u2.id)).toMatchObject({ free: false, code: "upn_taken" });
  expect(await check("gone", u1.id)).toMatchObject({ free: true });
  expect(await check("a b")).toMatchObject({ free: false, code: "upn_invalid", holder: null });
  expect(await check("u1@elsewhere.example")).toMatchObject({ free: false, code: "domain_unverified" });
});

test("who has a name at another customer stays that customer's secret", async () => {
  const [shop, other] = [await desk.makeCustomer(), await desk.makeCustomer()];
  await desk.provision(other, [person("ana")]);
  const customer = await customerOf(shop);
  // A domain that has moved to this customer, with names that have not.
  const domains = [...customer.domains, { name: other.domain, isDefault: false }];
  const asked = { userPrincipalName: `ana@${other.domain}` };
  const found = await checkName(desk.context, { ...customer, domains }, asked);
  expect(found).toMatchObject({ free: false, code: "upn_taken", holder: null });
  expect(found.message).not.toContain("Display ana");
});

test("what a check calls free can be created, and what it does not is planned with the same cause", async () => {
  const shop = await desk.makeCustomer();
  await desk.provision(shop, [...people(1), person("gone")]);
  await desk.deleteUser(shop, "gone");
  const customer = await customerOf(shop);
  for (const name of ["free", "u1", "gone", "a b", "dot.", "x@nowhere.example"]) {
    const { code } = await checkName(desk.context, customer, { userPrincipalName: name });
    const planned = await desk.plan(shop, [person(name, { displayName: "Somebody else" })]);
    const row = await desk.row(planned.id, 1);
    // A plan knows that the other user may be meant.
    expect([name, row.code === "user_exists" ? "upn_taken" : row.code]).toEqual([name, code]);
  }
  const [u1] = [await desk.user(shop, "u1")];
  const rename = await planTargets(desk, shop, "updateUsers", [{ userId: u1.id, newUserPrincipalName: "gone" }]);
  expect((await desk.row(rename, 1)).code).toBeNull();
});

function named(givenName: string, surname: string, name: string, usageLocation: string): UserInput {
  return person(name, { givenName, surname, usageLocation });
}

test("a new user is suggested what is usual at the customer, under a name that is free", async () => {
  const shop = await desk.makeCustomer();
  const customer = await customerOf(shop);
  const suggest = (givenName?: string, surname?: string) => suggestUser(desk.context, customer, { givenName, surname });
  expect(await suggest("Ana", "Ruiz")).toMatchObject({
    userPrincipalName: `ana.ruiz@${shop.domain}`,
    displayName: "Ana Ruiz",
    upnPattern: "{givenName}.{surname}",
    usageLocation: null,
  });
  await desk.provision(shop, [
    named("Jörg", "Weiß", "jweiss", "DE"),
    named("Mia", "Ek", "mek2", "DE"),
    named("Bo", "Lind", "bo", "SE"),
    person("office"),
  ]);
  expect(await suggest("Josef", "Weiß")).toEqual({
    userPrincipalName: `jweiss2@${shop.domain}`,
    displayName: "Josef Weiß",
    upnPattern: "{g}{surname}",
    domain: shop.domain,
    usageLocation: "DE",
  });
  expect(await suggest("Mia", undefined)).toMatchObject({ userPrincipalName: null, displayName: "Mia" });
  await desk.deleteUser(shop, "jweiss");
  expect(await suggest("Josef", "Weiß")).toMatchObject({ userPrincipalName: `jweiss2@${shop.domain}` });
});
