import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Customer, Product } from "../../contract/customer.ts";
import type { Page } from "../../contract/paging.ts";
import type { User } from "../../contract/user.ts";
import { newId } from "../../db/new-id.ts";
import { startApp, type TestApp } from "../support/app.ts";

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ workers: false });
});
afterAll(() => app.close());

const domain = () => `${newId().slice(-12)}.example`;

async function makeCustomer(name: string): Promise<Customer> {
  const json = { name, domains: [domain(), domain()], products: [{ skuPartNumber: "SPE_E3", total: 5 }] };
  const answer = await app.request<Customer>("/v1/customers", { json });
  expect(answer.status).toBe(201);
  expect(answer.headers.get("location")).toBe(`/v1/customers/${answer.body.id}`);
  return answer.body;
}

describe("a customer", () => {
  it("is made with domains and products in one request", async () => {
    const customer = await makeCustomer("Contoso");
    expect(customer.domains.map(({ isDefault }) => isDefault)).toEqual([true, false]);
    const products = await app.request<Page<Product>>(`/v1/customers/${customer.id}/products`);
    expect(products.body.items).toMatchObject([{ skuPartNumber: "SPE_E3", total: 5, consumed: 0, available: 5 }]);
    expect(products.body.items[0]?.servicePlans.length).toBeGreaterThan(0);
  });

  it("is not made in part: a taken domain leaves nothing", async () => {
    const { domains } = await makeCustomer("First");
    const json = { name: "Second", domains: [domain(), domains[0]?.name] };
    const answer = await app.refused("/v1/customers", { json });
    expect(answer.body.code).toBe("domain_taken");
    expect(await app.db.sql`select 1 from customers where name = 'Second'`).toHaveLength(0);
  });

  it.each([
    [{ domains: ["not a domain"] }, "domain_invalid"],
    [{ domains: ["a.example"], products: [{ skuPartNumber: "NO_SUCH", total: 1 }] }, "body_invalid"],
    [{ domains: [] }, "body_invalid"],
  ])("with %o is refused", async (json, code) => {
    expect((await app.refused("/v1/customers", { json: { name: "X", ...json } })).body.code).toBe(code);
  });

  it("is renamed, and takes another default domain of its own only", async () => {
    const customer = await makeCustomer("Old name");
    const path = `/v1/customers/${customer.id}`;
    const defaultDomain = customer.domains[1]?.name;
    const changed = await app.request<Customer>(path, { method: "PATCH", json: { name: "New name", defaultDomain } });
    expect(changed.body.name).toBe("New name");
    expect(changed.body.domains.find(({ isDefault }) => isDefault)?.name).toBe(defaultDomain);
    const foreign = await app.refused(path, { method: "PATCH", json: { defaultDomain: "fabrikam.example" } });
    expect(foreign.body.errors).toMatchObject([{ column: "defaultDomain", value: "fabrikam.example" }]);
  });

  it("gets another domain, whatever case it is typed in", async () => {
    const { id } = await makeCustomer("Domains");
    const name = domain();
    const added = await app.request(`/v1/customers/${id}/domains`, { json: { name: name.toUpperCase() } });
    expect(added.body).toEqual({ name, isDefault: false });
    expect(added.status).toBe(201);
    const list = await app.request<Page<{ name: string }>>(`/v1/customers/${id}/domains`);
    expect(list.body.items.map((one) => one.name)).toContain(name);
  });

  it("gets another product once, and other seats, but not fewer than are used", async () => {
    const { id } = await makeCustomer("Products");
    const json = { skuPartNumber: "VISIOCLIENT", total: 2 };
    const added = await app.request<Product>(`/v1/customers/${id}/products`, { json });
    expect(added.status).toBe(201);
    expect((await app.refused(`/v1/customers/${id}/products`, { json })).body.code).toBe("product_exists");
    const path = `/v1/customers/${id}/products/${added.body.skuId}`;
    expect((await app.request<Product>(path, { method: "PATCH", json: { total: 9 } })).body.available).toBe(9);
    await app.db.sql`update products set consumed = 3 where customer_id = ${id} and sku_id = ${added.body.skuId}`;
    const fewer = await app.refused(path, { method: "PATCH", json: { total: 2 } });
    expect(fewer.body.errors).toMatchObject([{ column: "total", value: "2" }]);
  });
});

describe("lists", () => {
  it("of customers are paged, filtered and counted", async () => {
    const word = newId().slice(-12);
    for (const at of [1, 2, 3]) await makeCustomer(`${word} ${at}`);
    const first = await app.request<Page<Customer>>(`/v1/customers?q=${word}&limit=2&count=true`);
    expect(first.body.items.map(({ name }) => name)).toEqual([`${word} 1`, `${word} 2`]);
    expect(first.body.total).toBe(3);
    const second = await app.request<Page<Customer>>(`/v1/customers?q=${word}&limit=2&cursor=${first.body.next}`);
    expect(second.body.items.map(({ name }) => name)).toEqual([`${word} 3`]);
    expect(second.body.next).toBeNull();
  });

  it("of users page to the end, forwards and backwards", async () => {
    const { id } = await makeCustomer("Many users");
    await app.db.sql`insert into users (id, customer_id, user_principal_name, display_name)
      select gen_random_uuid(), ${id}, 'u' || at || '@' || ${id}, 'User ' || lpad(at::text, 3, '0')
      from generate_series(1, 25) at`;
    for (const sort of ["displayName", "-displayName"]) {
      const names: string[] = [];
      let cursor = "";
      do {
        const path = `/v1/customers/${id}/users?limit=10&sort=${sort}${cursor && `&cursor=${cursor}`}`;
        const { body } = await app.request<Page<User>>(path);
        names.push(...body.items.map(({ displayName }) => displayName));
        cursor = body.next ?? "";
      } while (cursor !== "");
      const inOrder = [...names].sort();
      expect(names).toEqual(sort === "displayName" ? inOrder : inOrder.toReversed());
      expect(names).toHaveLength(25);
    }
  });

  it("of users leave the deleted ones to their own list", async () => {
    const { id } = await makeCustomer("Leavers");
    await app.db.sql`insert into users (id, customer_id, user_principal_name, display_name, deleted_at) values
      (gen_random_uuid(), ${id}, ${`a@${id}`}, 'Active', null), (gen_random_uuid(), ${id}, ${`b@${id}`}, 'Left', now())`;
    const names = async (query: string) =>
      (await app.request<Page<User>>(`/v1/customers/${id}/users${query}`)).body.items.map((user) => user.displayName);
    expect(await names("")).toEqual(["Active"]);
    expect(await names("?state=inactive")).toEqual(["Left"]);
    // As an ended batch leaves them.
    await app.db.sql`insert into user_names (user_id, customer_id, names)
      select id, customer_id, lower(display_name) from users where customer_id = ${id}`;
    expect(await names("?q=act")).toEqual(["Active"]);
  });

  it("show no user of one customer under another", async () => {
    const [one, other] = [await makeCustomer("One"), await makeCustomer("Other")];
    const [user] = await app.db.sql<{ id: string }[]>`
      insert into users (id, customer_id, user_principal_name, display_name)
      values (gen_random_uuid(), ${one.id}, ${`x@${one.id}`}, 'X') returning id`;
    expect((await app.request(`/v1/customers/${one.id}/users/${user?.id}`)).status).toBe(200);
    expect((await app.refused(`/v1/customers/${other.id}/users/${user?.id}`)).body.code).toBe("not_found");
  });
});
