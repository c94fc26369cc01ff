import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Product } from "../../contract/customer.ts";
import { startApp, type TestApp } from "../support/app.ts";

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

type Imported = { added: number; changed: number; unchanged: number; skipped: number; errors?: { row: number }[] };

const header =
  "Product_Display_Name,String_Id,GUID,Service_Plan_Name,Service_Plan_Id,Service_Plans_Included_Friendly_Names";
const e3 = "05e9a617-0261-4cee-bb44-138d3ef5d965";
const skuIds = { one: "11111111-aaaa-4aaa-8aaa-000000000001", two: "11111111-aaaa-4aaa-8aaa-000000000002" };
const planIds = { a: "22222222-bbbb-4bbb-8bbb-00000000000a", b: "22222222-bbbb-4bbb-8bbb-00000000000b" };
const rows = [
  `"Widgets, Pro",WIDGETS_PRO,${skuIds.one},WIDGET_A,${planIds.a},Widget A`,
  `"Widgets, Pro",WIDGETS_PRO ,${skuIds.one.toUpperCase()},WIDGET_B,\u00A0${planIds.b},Widget B`,
  `Gadgets,GADGETS,${skuIds.two},WIDGET_A,${planIds.a},Widget A`,
];

const send = (text: string | Uint8Array) => app.request<Imported>("/v1/catalog/import", { csv: text });

/** Everything that is kept, with what changes when a row is written, even with what it was. */
const stand = () => app.db.sql`
  select xmin::text, * from catalog_products union all select xmin::text, sku_id, name, label from catalog_plans`;

async function imported(lines: string[]): Promise<Imported> {
  const answer = await send(`${[header, ...lines].join("\r\n")}\r\n`);
  expect(answer.status).toBe(200);
  return answer.body;
}

describe("importing the vendor's table of products", () => {
  it("a preview tells what the file would change, and changes nothing", async () => {
    const before = await stand();
    const text = `${[header, ...rows].join("\r\n")}\r\n`;
    const answer = await app.request<Imported>("/v1/catalog/import?apply=false", { csv: text });
    expect(answer.body).toEqual({
      added: 2,
      changed: 0,
      unchanged: 0,
      skipped: 0,
      errors: [],
      products: [
        { name: "Widgets, Pro", skuPartNumber: "WIDGETS_PRO", change: "added" },
        { name: "Gadgets", skuPartNumber: "GADGETS", change: "added" },
      ],
    });
    expect(await stand()).toEqual(before);
    const { body } = await app.request<{ items: object[] }>("/v1/audit?operation=import_catalog");
    expect(body.items).toEqual([]);
  });

  it("takes it as it is published, with marks in front and blanks of all kinds", async () => {
    const answer = await send(`\uFEFF\uFEFF${[header, ...rows].join("\r\n")}\r\n`);
    expect(answer.body).toEqual({ added: 2, changed: 0, unchanged: 0, skipped: 0, errors: [] });
  });

  it("a second time changes nothing", async () => {
    const before = await stand();
    expect(await imported(rows)).toMatchObject({ added: 0, changed: 0, unchanged: 2 });
    expect(new Set((await stand()).map((row) => JSON.stringify(row)))).toEqual(
      new Set(before.map((row) => JSON.stringify(row))),
    );
  });

  it("a customer is given an imported product, and a file assigns it by name with a plan switched off", async () => {
    const customer = await app.makeCustomer([{ skuPartNumber: "widgets, pro", total: 2 }]);
    const path = `/v1/customers/${customer.id}`;
    const { items } = (await app.request<{ items: Product[] }>(`${path}/products`)).body;
    expect(items).toMatchObject([
      {
        skuId: skuIds.one,
        skuPartNumber: "WIDGETS_PRO",
        servicePlans: [
          { servicePlanId: planIds.a, name: "WIDGET_A", label: "Widget A" },
          { servicePlanId: planIds.b, name: "WIDGET_B", label: "Widget B" },
        ],
      },
    ]);
    const made = await app.request<{ licenses: object[] }>(`${path}/users`, {
      json: {
        userPrincipalName: "ada",
        displayName: "Ada",
        usageLocation: "NL",
        licenses: [{ sku: "WIDGETS_PRO", disabledPlans: ["WIDGET_B"] }],
      },
      headers: { prefer: "wait=10" },
    });
    expect(made.body.licenses).toEqual([
      { skuId: skuIds.one, skuPartNumber: "WIDGETS_PRO", name: "Widgets, Pro", disabledPlans: [planIds.b] },
    ]);
    const added = await app.request<Product>(`${path}/products`, { json: { skuPartNumber: skuIds.two, total: 1 } });
    expect(added.body).toMatchObject({ skuPartNumber: "GADGETS", available: 1 });
  });

  it("a newer file renames a product and drops a plan; products that it does not name stay", async () => {
    const newer = rows[0]!.replace("Widgets, Pro", "Widgets Professional");
    expect(await imported([newer])).toMatchObject({ added: 0, changed: 1, unchanged: 0 });
    const plans = await app.db.sql`select service_plan_id from catalog_plans where sku_id = ${skuIds.one}`;
    expect(plans).toEqual([{ service_plan_id: planIds.a }]);
    expect(await app.db.sql`select 1 from catalog_products where sku_id = ${skuIds.two}`).toHaveLength(1);
  });

  it("the built-in products stay the base, and gain the plans that they lack", async () => {
    const customer = await app.makeCustomer([{ skuPartNumber: "SPE_E3", total: 1 }]);
    const products = async () => {
      const { body } = await app.request<{ items: Product[] }>(`/v1/customers/${customer.id}/products`);
      return body.items[0];
    };
    const before = await products();
    expect(await imported([`Another name,OTHER,${e3},WIDGET_A,${planIds.a},Widget A`])).toMatchObject({ added: 1 });
    const after = await products();
    expect(after).toMatchObject({ name: before?.name, skuPartNumber: "SPE_E3" });
    expect(after?.servicePlans).toEqual([
      ...(before?.servicePlans ?? []),
      { servicePlanId: planIds.a, name: "WIDGET_A", label: "Widget A" },
    ]);
  });

  it("columns in another order, between semicolons, and one more beside them do as well", async () => {
    const text = `GUID;Extra;String_Id;Product_Display_Name;Service_Plan_Id;Service_Plan_Name;Service_Plans_Included_Friendly_Names\n${skuIds.two};x;GADGETS;Gadgets;${planIds.a};WIDGET_A;Widget A\n`;
    expect((await send(text)).body).toMatchObject({ added: 0, changed: 0, unchanged: 1 });
  });

  it("a row without a GUID is left out and told, and the others are taken", async () => {
    const answer = await imported([rows[2]!, "Broken,BROKEN,not-a-guid,X,,X", `No part,,${skuIds.one},,,`]);
    expect(answer).toMatchObject({ unchanged: 1, skipped: 2 });
    expect(answer.errors).toMatchObject([
      { row: 2, column: "GUID", value: "not-a-guid" },
      { row: 3, column: "String_Id" },
    ]);
  });

  it.each([
    ["a list of users", "User name,Display name\nada,Ada\n", "catalog_unrecognised"],
    ["nothing", "", "catalog_unrecognised"],
    ["a header alone", `${header}\n`, "catalog_unrecognised"],
    ["no product at all", `${header}\nA,B,c,D,e,F\n`, "catalog_unrecognised"],
    ["JSON", '{"products": []}', "catalog_unrecognised"],
    ["half a file", `${header}\n${rows[0]}\n"Widg`, "upload_truncated"],
    ["a cell without an end", `${header}\n"${"x".repeat(200_000)}`, "cell_too_long"],
  ])("%s is refused, and nothing of it is kept", async (_what, text, code) => {
    const [before] = await app.db.sql`select count(*)::int from catalog_products`;
    const answer = await app.refused("/v1/catalog/import", { csv: text });
    expect(answer.body.code).toBe(code);
    expect(await app.db.sql`select count(*)::int from catalog_products`).toEqual([before]);
  });

  it("is in the audit, with its counts", async () => {
    const { body } = await app.request<{ items: { after: object }[] }>("/v1/audit?operation=import_catalog");
    expect(body.items.at(-1)?.after).toEqual({ added: 2, changed: 0, unchanged: 0, skipped: 0 });
  });
});

describe("the catalogue", () => {
  type Listed = { items: { skuId: string; name: string; servicePlans: { name: string }[] }[]; next: string | null };
  const list = async (query: string) => (await app.request<Listed & { total: number }>(`/v1/catalog?${query}`)).body;

  it("lists built-in and imported products by name, page by page and each once", async () => {
    await imported(rows);
    const all = await list("limit=500&count=true");
    expect(all.items.map(({ skuId }) => skuId)).toEqual(expect.arrayContaining([e3, skuIds.one, skuIds.two]));
    const names = all.items.map(({ name }) => name.toLowerCase());
    expect(names).toEqual(names.toSorted());
    expect(all).toMatchObject({ next: null, total: new Set(all.items.map(({ skuId }) => skuId)).size });
    const paged: string[] = [];
    for (let cursor = ""; ;) {
      const page = await list(`limit=7${cursor}`);
      paged.push(...page.items.map(({ skuId }) => skuId));
      if (page.next === null) break;
      cursor = `&cursor=${page.next}`;
    }
    expect(paged).toEqual(all.items.map(({ skuId }) => skuId));
  });

  it("finds a product by parts of its names, with its service plans", async () => {
    const { items } = await list("q=WIDGET");
    expect(items).toMatchObject([{ skuId: skuIds.one, servicePlans: [{ name: "WIDGET_A" }, { name: "WIDGET_B" }] }]);
    expect((await list(`q=${e3}`)).items).toHaveLength(1);
    expect((await list("q=no+such+product")).items).toEqual([]);
  });
});
