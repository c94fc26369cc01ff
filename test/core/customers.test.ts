import { afterAll, beforeAll, expect, test } from "vitest";
import type { NewCustomer, ProductChange } from "../../contract/customer.ts";
import {
  addDomain,
  addProduct,
  changeCustomer,
  changeProduct,
  listProducts,
} from "../../core/directory/customers/change-customer.ts";
import { unrestricted } from "../../core/access/authority/authority.ts";
import { createCustomer } from "../../core/directory/customers/create-customer.ts";
import { getCustomer, listCustomers } from "../../core/directory/customers/read-customers.ts";
import { newId } from "../../db/new-id.ts";
import {
  admin,
  e3,
  ems,
  endings,
  licensed,
  openTestCore,
  person,
  problemOf,
  refusal,
  plansOf,
  type TestCore,
} from "./test-core.ts";
import { planTargets } from "./targets.ts";

let core: TestCore;

beforeAll(async () => {
  core = await openTestCore();
});
afterAll(() => core.close());

function make(name: string, more: Partial<NewCustomer> = {}) {
  return createCustomer(core.context, admin, { name, domains: [`${newId()}.example`], products: [], ...more });
}

async function acts(customerId: string): Promise<object[]> {
  return await core.context.db.sql<object[]>`
    select operation, after from audit where customer_id = ${customerId} order by id`;
}

test("a customer has its domains, the first as the default one, and its products", async () => {
  const unique = newId();
  const customer = await make("Contoso", {
    domains: [` B-${unique}.Example `, `a-${unique}.example`, `@b-${unique}.example`],
    products: [
      { skuPartNumber: "Microsoft 365 E3", total: 3 },
      { skuPartNumber: ems.skuId.toUpperCase(), total: 0 },
    ],
  });
  expect(customer).toMatchObject({
    name: "Contoso",
    domains: [
      { name: `b-${unique}.example`, isDefault: true },
      { name: `a-${unique}.example`, isDefault: false },
    ],
  });
  expect(await getCustomer(core.context, customer.id)).toEqual(customer);
  expect(await listProducts(core.context, customer.id)).toMatchObject([
    { ...ems, total: 0, consumed: 0, available: 0 },
    { ...e3, name: "Microsoft 365 E3", total: 3, consumed: 0, available: 3 },
  ]);
  const [ofEms] = await listProducts(core.context, customer.id);
  expect(ofEms?.servicePlans.map((plan) => plan.name)).toContain("INTUNE_A");
  expect(await acts(customer.id)).toEqual([
    {
      operation: "create_customer",
      after: { name: "Contoso", domains: [`b-${unique}.example`, `a-${unique}.example`] },
    },
  ]);
});

test.each([
  "",
  "nodot",
  "-a.example",
  "a-.example",
  "a b.example",
  "a..example",
  "ä.example",
  `${"a".repeat(50)}.example`,
])("%j is no domain", async (domain) => {
  expect(await refusal(make("Contoso", { domains: [domain] }))).toBe("domain_invalid");
});

test("a domain belongs to one customer only, and the refusal names it and makes nothing", async () => {
  const taken = `${newId()}.example`;
  const owner = await make("Owner", { domains: [taken] });
  const name = `Latecomer ${newId()}`;
  const problem = await problemOf(make(name, { domains: [`${newId()}.example`, taken.toUpperCase()] }));
  expect(problem).toMatchObject({ code: "domain_taken", errors: [{ value: taken }] });
  expect((await listCustomers(core.context, unrestricted, { q: name, limit: 5, count: true })).total).toBe(0);
  const other = await make("Other");
  expect(await refusal(addDomain(core.context, admin, other.id, taken))).toBe("domain_taken");
  expect(await refusal(addDomain(core.context, admin, owner.id, taken))).toBe("domain_taken");
});

test("of two customers made with one domain at once, one is made", async () => {
  const domains = [`${newId()}.example`, `${newId()}.example`];
  const made = await Promise.allSettled([
    make("Twin", { domains }),
    make("Twin", { domains: domains.toReversed() }),
    make("Twin", { domains }),
  ]);
  expect(made.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected", "rejected"]);
});

test("a product that the catalogue has not, or that is there already, is refused with its place", async () => {
  const unknown = await problemOf(
    make("Contoso", {
      products: [
        { skuPartNumber: "SPE_E3", total: 1 },
        { skuPartNumber: "NOPE", total: 1 },
      ],
    }),
  );
  expect(unknown).toMatchObject({
    code: "body_invalid",
    errors: [{ column: "products.1.skuPartNumber", value: "NOPE" }],
  });
  const twice = [
    { skuPartNumber: "SPE_E3", total: 1 },
    { skuPartNumber: e3.skuId, total: 1 },
  ];
  expect(await refusal(make("Contoso", { products: twice }))).toBe("product_exists");
  const customer = await make("Contoso");
  const added = await addProduct(core.context, admin, customer.id, { skuPartNumber: "spe_e3", total: 7 });
  expect(added).toMatchObject({ ...e3, total: 7, available: 7 });
  expect(await refusal(addProduct(core.context, admin, customer.id, { skuPartNumber: "SPE_E3", total: 7 }))).toBe(
    "product_exists",
  );
  expect(await acts(customer.id)).toMatchObject([
    { operation: "create_customer" },
    { operation: "add_product", after: { skuPartNumber: "SPE_E3", total: 7 } },
  ]);
});

test("seats can be added and taken away, but not those that are taken", async () => {
  const tenant = await core.makeCustomer([{ skuPartNumber: "SPE_E3", total: 2 }]);
  await core.provision(tenant, [licensed("a", "SPE_E3"), licensed("b", "SPE_E3")]);
  const set = (total: number) => changeProduct(core.context, admin, tenant.id, e3.skuId, { total });
  expect(await set(5)).toMatchObject({ total: 5, consumed: 2, available: 3 });
  expect(await problemOf(set(1))).toMatchObject({ code: "body_invalid", errors: [{ column: "total", value: "1" }] });
  expect(await set(2)).toMatchObject({ total: 2, consumed: 2, available: 0 });
  expect(await refusal(changeProduct(core.context, admin, tenant.id, ems.skuId, { total: 1 }))).toBe("not_found");
  expect(await refusal(changeProduct(core.context, admin, newId(), e3.skuId, { total: 1 }))).toBe("not_found");
  expect(await core.seats(tenant)).toEqual({ SPE_E3: { total: 2, consumed: 2 } });
});

test("seats in warning can be used and are counted apart, suspended ones cannot", async () => {
  const tenant = await core.makeCustomer([{ skuPartNumber: "SPE_E3", total: 3, warning: 1, suspended: 4 }]);
  const set = (change: ProductChange) => changeProduct(core.context, admin, tenant.id, e3.skuId, change);
  const rows = ["a", "b", "c", "d"].map((name) => licensed(name, "SPE_E3"));
  expect(endings(await core.rows((await core.provision(tenant, rows)).id))).toEqual([
    "succeeded",
    "succeeded",
    "succeeded",
    "partial licenses seat_shortage",
  ]);
  const seats = { total: 3, consumed: 3, available: 0 };
  expect(await set({})).toMatchObject({ ...seats, active: 2, warning: 1, suspended: 4 });
  expect(await set({ warning: 3 })).toMatchObject({ ...seats, active: 0, warning: 3, suspended: 4 });
  expect(await set({ suspended: 0 })).toMatchObject({ ...seats, active: 0, warning: 3, suspended: 0 });
  const refused = { code: "body_invalid", errors: [{ column: "warning", value: "4" }] };
  expect(await problemOf(set({ warning: 4 }))).toMatchObject(refused);
  expect(await set({ total: 5, warning: 4 })).toMatchObject({ total: 5, active: 1, available: 2 });
});

test("licenses that their publisher assigns are refused here, and the refusal says where", async () => {
  const address = "https://signatures.example/licenses";
  const tenant = await core.makeCustomer([
    { skuPartNumber: "SIGNATURES", total: 9, publisher: { name: "Signatures for all", address } },
    { skuPartNumber: "SPE_E3", total: 9 },
  ]);
  expect((await listProducts(core.context, tenant.id)).map((product) => product.publisherAddress)).toEqual([
    address,
    null,
  ]);
  const batch = await core.plan(tenant, [
    licensed("a", "Signatures for all"),
    licensed("b", "SPE_E3", "SIGNATURES"),
    licensed("c", "SPE_E3"),
  ]);
  const rows = await core.rows(batch.id);
  expect(plansOf(rows)).toEqual(["invalid managed_by_publisher", "invalid managed_by_publisher", "create"]);
  expect(rows[0]?.message).toContain(address);
  expect(await refusal(core.plan(tenant, [person("d")], { skus: ["SIGNATURES"] }))).toBe("body_invalid");
  await core.provision(tenant, [person("e", { usageLocation: "NL" })]);
  const change = [{ userPrincipalName: "e", add: [{ sku: "SIGNATURES" }] }];
  expect(plansOf(await core.rows(await planTargets(core, tenant, "changeLicenses", change)))).toEqual([
    "invalid managed_by_publisher",
  ]);
});

test("a customer gets a new name and another default domain", async () => {
  const [first, second] = [`${newId()}.example`, `${newId()}.example`];
  const customer = await make("Contoso", { domains: [first] });
  await addDomain(core.context, admin, customer.id, second);
  await changeCustomer(core.context, admin, customer.id, { name: "Contoso 2", defaultDomain: second.toUpperCase() });
  expect(await getCustomer(core.context, customer.id)).toMatchObject({
    name: "Contoso 2",
    domains: [
      { name: second, isDefault: true },
      { name: first, isDefault: false },
    ],
  });
  await changeCustomer(core.context, admin, customer.id, { defaultDomain: second });
  const stranger = (await make("Other")).domains[0]?.name ?? "";
  const refused = changeCustomer(core.context, admin, customer.id, { name: "Contoso 3", defaultDomain: stranger });
  expect(await problemOf(refused)).toMatchObject({ code: "body_invalid", errors: [{ column: "defaultDomain" }] });
  expect(await getCustomer(core.context, customer.id)).toMatchObject({
    name: "Contoso 2",
    domains: [{ name: second, isDefault: true }, { isDefault: false }],
  });
});

test("what is done to a customer that does not exist is refused", async () => {
  const nobody = newId();
  expect(await refusal(changeCustomer(core.context, admin, nobody, { name: "X" }))).toBe("not_found");
  expect(await refusal(addDomain(core.context, admin, nobody, `${newId()}.example`))).toBe("not_found");
  expect(await refusal(addProduct(core.context, admin, nobody, { skuPartNumber: "SPE_E3", total: 1 }))).toBe(
    "not_found",
  );
  expect(await getCustomer(core.context, nobody)).toBeNull();
});

test("customers come by name, page by page, and are found by a part of name or domain", async () => {
  const mark = newId();
  const domain = `${mark}-d.example`;
  for (const name of ["delta", "Alpha", "Bravo", "Alpha"]) await make(`${mark} ${name}`);
  await make(`${mark} charlie`, { domains: [domain] });
  const list = async (q: string, limit: number) => {
    const found: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await listCustomers(core.context, unrestricted, { q, limit, count: true, cursor });
      found.push(...page.items.map((customer) => customer.name.slice(mark.length + 1)));
      if (page.next === null) return { found, total: page.total };
      cursor = page.next;
    }
  };
  for (const limit of [1, 2, 5, 6]) {
    expect(await list(mark.toUpperCase(), limit)).toEqual({
      found: ["Alpha", "Alpha", "Bravo", "charlie", "delta"],
      total: 5,
    });
  }
  expect(await list(domain, 5)).toEqual({ found: ["charlie"], total: 1 });
  expect(await list(`${mark}%`, 5)).toEqual({ found: [], total: 0 });
});
