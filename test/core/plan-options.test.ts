import { afterAll, beforeAll, expect, test } from "vitest";
import type { BatchOptions } from "../../contract/batch.ts";
import { addDomain, changeCustomer } from "../../core/customers/change-customer.ts";
import { newId } from "../../db/new-id.ts";
import { ada, openDesk, person, problemOf, upn, verdicts, type Desk, type Shop } from "./desk.ts";

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

async function names(shop: Shop): Promise<string[]> {
  const users = await desk.context.db.sql<{ name: string }[]>`
    select user_principal_name as name from users where customer_id = ${shop.id} order by 1`;
  return users.map((user) => user.name);
}

test("a name without a domain gets the customer's default domain", async () => {
  const shop = await desk.makeCustomer();
  const second = `second-${shop.domain}`;
  await addDomain(desk.context, ada, shop.id, second);
  await desk.provision(shop, [person("bare"), person(`Full@${second}`)]);
  expect(await names(shop)).toEqual([`bare@${shop.domain}`, `Full@${second}`].toSorted());
  await changeCustomer(desk.context, ada, shop.id, { defaultDomain: second });
  await desk.provision(shop, [person("later")]);
  expect(await names(shop)).toContain(`later@${second}`);
});

test("the option domain puts every name on one domain of the customer's", async () => {
  const shop = await desk.makeCustomer();
  const second = `second-${shop.domain}`;
  await addDomain(desk.context, ada, shop.id, second);
  const batch = await desk.provision(
    shop,
    [person("bare"), person("x@unverified.example"), person(upn(shop, "first"))],
    { domain: second.toUpperCase() },
  );
  expect(batch.totals.succeeded).toBe(3);
  expect(await names(shop)).toEqual(["bare", "first", "x"].map((name) => `${name}@${second}`));
});

test("two names that the option domain makes one are told as duplicates", async () => {
  const shop = await desk.makeCustomer();
  const rows = [person("anna@one.example"), person("anna@two.example")];
  const batch = await desk.plan(shop, rows, { domain: shop.domain });
  expect(verdicts(await desk.rows(batch.id))).toEqual(["create", "invalid duplicate_in_file"]);
});

test("a usage location is for rows without their own, and so are licenses", async () => {
  const shop = await desk.makeCustomer([
    { skuPartNumber: "SPE_E3", total: 5 },
    { skuPartNumber: "EMS", total: 5 },
  ]);
  await desk.provision(shop, [person("open"), person("own", { usageLocation: "BE", licenses: [{ sku: "EMS" }] })], {
    usageLocation: "netherlands",
    skus: ["microsoft 365 e3"],
  });
  expect(await desk.user(shop, "open")).toMatchObject({
    usageLocation: "NL",
    licenses: [{ skuPartNumber: "SPE_E3" }],
  });
  expect(await desk.user(shop, "own")).toMatchObject({ usageLocation: "BE", licenses: [{ skuPartNumber: "EMS" }] });
});

test.each<[string, Partial<BatchOptions>]>([
  ["domain", { domain: "unverified.example" }],
  ["usageLocation", { usageLocation: "Marsland" }],
  ["skus", { skus: ["SPE_E3", "NO_SUCH_SKU"] }],
])("an option %s that cannot be met is refused before a byte is read", async (column, options) => {
  const shop = await desk.makeCustomer([{ skuPartNumber: "SPE_E3", total: 5 }]);
  const fromJson = await problemOf(desk.plan(shop, [person("anna")], options));
  expect(fromJson).toMatchObject({ code: "body_invalid", errors: [{ column }] });
  // The file is none: it would be refused otherwise, were it read.
  const fromFile = await problemOf(desk.upload(shop, "", options));
  expect(fromFile).toMatchObject({ code: "body_invalid", errors: [{ column }] });
  const [batches] = await desk.context.db.sql<{ count: number }[]>`
    select count(*)::int from batches where customer_id = ${shop.id}`;
  expect(batches?.count).toBe(0);
});

test("a product that is in the catalogue but not the customer's is no option", async () => {
  const shop = await desk.makeCustomer();
  expect(await problemOf(desk.plan(shop, [person("anna")], { skus: ["SPE_E3"] }))).toMatchObject({
    code: "body_invalid",
  });
});

test("rows for a customer that does not exist are refused", async () => {
  const nobody = { id: newId(), domain: "nobody.example" };
  expect((await problemOf(desk.plan(nobody, [person("anna")]))).code).toBe("not_found");
  expect((await problemOf(desk.upload(nobody, "User name\r\nanna\r\n"))).code).toBe("not_found");
});

test("the options are remembered with the batch", async () => {
  const shop = await desk.makeCustomer([{ skuPartNumber: "SPE_E3", total: 5 }]);
  const options: BatchOptions = {
    usageLocation: "NL",
    skus: ["SPE_E3"],
    domain: shop.domain,
    onExisting: "update",
    onDeleted: "restore",
  };
  expect((await desk.plan(shop, [person("anna")], options)).options).toEqual(options);
});
