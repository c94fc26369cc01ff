import { afterAll, beforeAll, expect, test } from "vitest";
import type { BatchOptions } from "../../contract/batch.ts";
import { addDomain, changeCustomer } from "../../core/directory/customers/change-customer.ts";
import { newId } from "../../db/new-id.ts";
import { admin, openTestCore, person, problemOf, upn, plansOf, type TestCore, type TestTenant } from "./test-core.ts";

let core: TestCore;

beforeAll(async () => {
  core = await openTestCore();
});
afterAll(() => core.close());

async function names(tenant: TestTenant): Promise<string[]> {
  const users = await core.context.db.sql<{ name: string }[]>`
    select user_principal_name as name from users where customer_id = ${tenant.id} order by 1`;
  return users.map((user) => user.name);
}

test("a name without a domain gets the customer's default domain", async () => {
  const tenant = await core.makeCustomer();
  const second = `second-${tenant.domain}`;
  await addDomain(core.context, admin, tenant.id, second);
  await core.provision(tenant, [person("bare"), person(`Full@${second}`)]);
  expect(await names(tenant)).toEqual([`bare@${tenant.domain}`, `Full@${second}`].toSorted());
  await changeCustomer(core.context, admin, tenant.id, { defaultDomain: second });
  await core.provision(tenant, [person("later")]);
  expect(await names(tenant)).toContain(`later@${second}`);
});

test("the option domain puts every name on one domain of the customer's", async () => {
  const tenant = await core.makeCustomer();
  const second = `second-${tenant.domain}`;
  await addDomain(core.context, admin, tenant.id, second);
  const batch = await core.provision(
    tenant,
    [person("bare"), person("x@unverified.example"), person(upn(tenant, "first"))],
    { domain: second.toUpperCase() },
  );
  expect(batch.totals.succeeded).toBe(3);
  expect(await names(tenant)).toEqual(["bare", "first", "x"].map((name) => `${name}@${second}`));
});

test("two names that the option domain makes one are told as duplicates", async () => {
  const tenant = await core.makeCustomer();
  const rows = [person("anna@one.example"), person("anna@two.example")];
  const batch = await core.plan(tenant, rows, { domain: tenant.domain });
  expect(plansOf(await core.rows(batch.id))).toEqual(["create", "invalid duplicate_in_file"]);
});

test("a usage location is for rows without their own, and so are licenses", async () => {
  const tenant = await core.makeCustomer([
    { skuPartNumber: "SPE_E3", total: 5 },
    { skuPartNumber: "EMS", total: 5 },
  ]);
  await core.provision(tenant, [person("open"), person("own", { usageLocation: "BE", licenses: [{ sku: "EMS" }] })], {
    usageLocation: "netherlands",
    skus: ["microsoft 365 e3"],
  });
  expect(await core.user(tenant, "open")).toMatchObject({
    usageLocation: "NL",
    licenses: [{ skuPartNumber: "SPE_E3" }],
  });
  expect(await core.user(tenant, "own")).toMatchObject({ usageLocation: "BE", licenses: [{ skuPartNumber: "EMS" }] });
});

test.each<[string, Partial<BatchOptions>]>([
  ["domain", { domain: "unverified.example" }],
  ["usageLocation", { usageLocation: "Marsland" }],
  ["skus", { skus: ["SPE_E3", "NO_SUCH_SKU"] }],
])("an option %s that cannot be met is refused before a byte is read", async (column, options) => {
  const tenant = await core.makeCustomer([{ skuPartNumber: "SPE_E3", total: 5 }]);
  const fromJson = await problemOf(core.plan(tenant, [person("anna")], options));
  expect(fromJson).toMatchObject({ code: "body_invalid", errors: [{ column }] });
  // The file is none: it would be refused otherwise, were it read.
  const fromFile = await problemOf(core.upload(tenant, "", options));
  expect(fromFile).toMatchObject({ code: "body_invalid", errors: [{ column }] });
  const [batches] = await core.context.db.sql<{ count: number }[]>`
    select count(*)::int from batches where customer_id = ${tenant.id}`;
  expect(batches?.count).toBe(0);
});

test("a product that is in the catalogue but not the customer's is no option", async () => {
  const tenant = await core.makeCustomer();
  expect(await problemOf(core.plan(tenant, [person("anna")], { skus: ["SPE_E3"] }))).toMatchObject({
    code: "body_invalid",
  });
});

test("rows for a customer that does not exist are refused", async () => {
  const nobody = { id: newId(), domain: "nobody.example" };
  expect((await problemOf(core.plan(nobody, [person("anna")]))).code).toBe("not_found");
  expect((await problemOf(core.upload(nobody, "User name\r\nanna\r\n"))).code).toBe("not_found");
});

test("the options are remembered with the batch", async () => {
  const tenant = await core.makeCustomer([{ skuPartNumber: "SPE_E3", total: 5 }]);
  const options: BatchOptions = {
    usageLocation: "NL",
    skus: ["SPE_E3"],
    domain: tenant.domain,
    onExisting: "update",
    onDeleted: "restore",
  };
  expect((await core.plan(tenant, [person("anna")], options)).options).toEqual(options);
});
