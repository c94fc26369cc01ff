import { afterAll, beforeAll, expect, test } from "vitest";
import type { Customer } from "../../contract/customer.ts";
import type { UserInput } from "../../contract/user.ts";
import { getCustomer } from "../../core/directory/customers/read-customers.ts";
import { checkName } from "../../core/directory/users/check-name.ts";
import { suggestUser } from "../../core/directory/users/suggest-user.ts";
import { openTestCore, people, person, type TestCore, type TestTenant } from "./test-core.ts";
import { planTargets } from "./targets.ts";

let core: TestCore;
beforeAll(async () => {
  core = await openTestCore();
});
afterAll(() => core.close());

async function customerOf(tenant: TestTenant): Promise<Customer> {
  const customer = await getCustomer(core.context, tenant.id);
  if (customer === null) throw new Error("there is no such customer");
  return customer;
}

test("a name is free, or the agent is told who has it", async () => {
  const tenant = await core.makeCustomer();
  const other = await core.makeCustomer();
  await core.provision(tenant, [...people(2), person("gone")]);
  await core.provision(other, people(1));
  await core.deleteUser(tenant, "gone", 10);
  const customer = await customerOf(tenant);
  const check = (userPrincipalName: string, userId?: string) =>
    checkName(core.context, customer, { userPrincipalName, userId });
  const [u1, u2] = [await core.user(tenant, "u1"), await core.user(tenant, "u2")];
  const upn = (name: string) => `${name}@${tenant.domain}`;
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
  const [tenant, other] = [await core.makeCustomer(), await core.makeCustomer()];
  await core.provision(other, [person("ana")]);
  const customer = await customerOf(tenant);
  // A domain that has moved to this customer, with names that have not.
  const domains = [...customer.domains, { name: other.domain, isDefault: false }];
  const asked = { userPrincipalName: `ana@${other.domain}` };
  const found = await checkName(core.context, { ...customer, domains }, asked);
  expect(found).toMatchObject({ free: false, code: "upn_taken", holder: null });
  expect(found.message).not.toContain("Display ana");
});

test("what a check calls free can be created, and what it does not is planned with the same cause", async () => {
  const tenant = await core.makeCustomer();
  await core.provision(tenant, [...people(1), person("gone")]);
  await core.deleteUser(tenant, "gone");
  const customer = await customerOf(tenant);
  for (const name of ["free", "u1", "gone", "a b", "dot.", "x@nowhere.example"]) {
    const { code } = await checkName(core.context, customer, { userPrincipalName: name });
    const planned = await core.plan(tenant, [person(name, { displayName: "Somebody else" })]);
    const row = await core.row(planned.id, 1);
    // A plan knows that the other user may be meant.
    expect([name, row.code === "user_exists" ? "upn_taken" : row.code]).toEqual([name, code]);
  }
  const [u1] = [await core.user(tenant, "u1")];
  const rename = await planTargets(core, tenant, "updateUsers", [{ userId: u1.id, newUserPrincipalName: "gone" }]);
  expect((await core.row(rename, 1)).code).toBeNull();
});

function named(givenName: string, surname: string, name: string, usageLocation: string): UserInput {
  return person(name, { givenName, surname, usageLocation });
}

test("a new user is suggested what is usual at the customer, under a name that is free", async () => {
  const tenant = await core.makeCustomer();
  const customer = await customerOf(tenant);
  const suggest = (givenName?: string, surname?: string) => suggestUser(core.context, customer, { givenName, surname });
  expect(await suggest("Ana", "Ruiz")).toMatchObject({
    userPrincipalName: `ana.ruiz@${tenant.domain}`,
    displayName: "Ana Ruiz",
    upnPattern: "{givenName}.{surname}",
    usageLocation: null,
  });
  await core.provision(tenant, [
    named("Jörg", "Weiß", "jweiss", "DE"),
    named("Mia", "Ek", "mek2", "DE"),
    named("Bo", "Lind", "bo", "SE"),
    person("office"),
  ]);
  expect(await suggest("Josef", "Weiß")).toEqual({
    userPrincipalName: `jweiss2@${tenant.domain}`,
    displayName: "Josef Weiß",
    upnPattern: "{g}{surname}",
    domain: tenant.domain,
    usageLocation: "DE",
  });
  expect(await suggest("Mia", undefined)).toMatchObject({ userPrincipalName: null, displayName: "Mia" });
  await core.deleteUser(tenant, "jweiss");
  expect(await suggest("Josef", "Weiß")).toMatchObject({ userPrincipalName: `jweiss2@${tenant.domain}` });
});
