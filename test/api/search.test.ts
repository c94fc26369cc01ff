import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { foundSchema, type Found } from "../../contract/search.ts";
import { indexNames } from "../../core/directory/search/index-names.ts";
import { searchPatterns } from "../../core/directory/search/fold-names.ts";
import { sweep } from "../../core/housekeeping/sweep.ts";
import { inTransaction } from "../../db/in-transaction.ts";
import { eventually } from "../support/eventually.ts";
import { startApp, type TestApp } from "../support/app.ts";
import { sql } from "../../db/sql-text.ts";

let app: TestApp;
let contoso: { id: string; domain: string };
let fabrikam: { id: string; domain: string };
let failing: string;
beforeAll(async () => {
  app = await startApp();
  [contoso, fabrikam] = [await app.makeCustomer(), await app.makeCustomer()];
  await provision(contoso.id, "anna.berg,Anna Berg\njose.nunez,José Núñez\nlei,李雷\nbergmann,Lí Wei 100%\n");
  failing = await provision(fabrikam.id, "annabel.bergstrom,Annabel\nulla berg@x,Ulla Bergengrün\n");
  await indexed();
});
afterAll(() => app.close());

async function provision(customerId: string, lines: string): Promise<string> {
  const { id } = await app.upload(customerId, `User name,Display name\n${lines}`, "&apply=true");
  await app.finished(id);
  return id;
}

async function indexed(): Promise<void> {
  await eventually(async () => {
    const [due] = await app.db.sql<{ due: number }[]>`select count(*)::int as due from names_due`;
    return due?.due === 0;
  });
}

async function find(q: string, more = ""): Promise<Found> {
  const answer = await app.request(`/v1/search?q=${encodeURIComponent(q)}${more}`);
  expect(answer.status).toBe(200);
  return foundSchema.parse(answer.body);
}

const names = ({ users }: Found) => users.items.map(({ displayName }) => displayName).toSorted();

describe("searching a person", () => {
  it("finds users of every customer by parts of name and sign-in name, with a link to each", async () => {
    const found = await find("berg");
    expect(names(found)).toEqual(["Anna Berg", "Annabel", "Lí Wei 100%"]);
    const annabel = found.users.items.find(({ displayName }) => displayName === "Annabel");
    expect(annabel).toMatchObject({ customer: { id: fabrikam.id }, state: "active" });
    expect((await app.request(annabel?.links.self ?? "")).body).toMatchObject({ displayName: "Annabel" });
  });

  it("needs every word, in any order, and minds neither case nor accents nor the script", async () => {
    expect(names(await find("BERG  anna"))).toEqual(["Anna Berg", "Annabel"]);
    expect(names(await find("nunez jose"))).toEqual(["José Núñez"]);
    expect(names(await find("NÚÑEZ"))).toEqual(["José Núñez"]);
    expect(names(await find("李雷"))).toEqual(["李雷"]);
    expect(names(await find("anna nunez"))).toEqual([]);
  });

  it("takes two letters as the beginning of a name", async () => {
    expect(names(await find("li"))).toEqual(["Lí Wei 100%", "李雷"]);
    expect(names(await find("ei"))).toEqual([]);
  });

  it("takes signs for themselves and not for patterns", async () => {
    expect(names(await find("100%"))).toEqual(["Lí Wei 100%"]);
    expect(names(await find("1%0"))).toEqual([]);
    expect(names(await find("a_na"))).toEqual([]);
    expect(names(await find("%%%"))).toEqual([]);
    expect(names(await find("'; drop table users; --"))).toEqual([]);
  });

  it("finds the rows that made a user and rows that failed, and what was done to the user", async () => {
    const made = await find("anna berg");
    expect(made.rows.items.map(({ rowNo, state }) => `${rowNo} ${state}`)).toEqual(["1 succeeded", "1 succeeded"]);
    expect(made.audit.items.map(({ operation }) => operation)).toEqual([
      "create_customer_user",
      "create_customer_user",
    ]);
    const failed = await find("bergengrun");
    expect(failed.users.items).toEqual([]);
    expect(failed.rows.items).toMatchObject([
      {
        batchId: failing,
        rowNo: 2,
        state: "failed",
        plan: "invalid",
        code: "upn_invalid",
        customer: { id: fabrikam.id },
      },
    ]);
    expect((await app.request(failed.rows.items[0]?.links.batch ?? "")).body).toMatchObject({ id: failing });
  });

  it("finds a user under a new name, and no more under the old one", async () => {
    const { id } = await app.upload(
      contoso.id,
      `User name,Display name\nanna.berg,Anna Svensson\n`,
      "&apply=true&onExisting=update",
    );
    await app.finished(id);
    await indexed();
    expect(names(await find("svensson"))).toEqual(["Anna Svensson"]);
    const moved = await find("svensson");
    expect(moved.audit.items.map(({ operation }) => operation)).toEqual([
      "update_customer_user",
      "create_customer_user",
    ]);
    expect(names(await find("anna berg"))).toEqual(["Anna Svensson", "Annabel"]);
  });

  it("finds a whole sign-in name before it is indexed, active or deleted", async () => {
    await app.db.sql`delete from user_names`;
    expect(names(await find("berg"))).toEqual([]);
    expect(names(await find(`Jose.Nunez@${contoso.domain}`))).toEqual(["José Núñez"]);
    await app.db.sql`update users set deleted_at = now() where display_name = 'José Núñez'`;
    const { users } = await find(`jose.nunez@${contoso.domain}`);
    expect(users.items).toMatchObject([{ displayName: "José Núñez", state: "inactive" }]);
  });

  it("shows so many of a kind and says that there are more", async () => {
    await provision(contoso.id, Array.from({ length: 5 }, (_, at) => `many${at},Many ${at}`).join("\n"));
    await indexed();
    const found = await find("many", "&limit=3");
    for (const kind of [found.users, found.rows, found.audit]) {
      expect(kind.items).toHaveLength(3);
      expect(kind.more).toBe(true);
    }
  });

  it.each(["q=a", "q=%20%20x", "limit=3", "q=anna&limit=101"])("refuses %s", async (query) => {
    expect((await app.refused(`/v1/search?${query}`)).body.code).toBe("body_invalid");
  });
});

describe("the index", () => {
  it("takes on a large batch in steps, and a batch that ends again anew", async () => {
    const idle = await startApp({ workers: false });
    try {
      const customer = await idle.makeCustomer();
      const lines = Array.from({ length: 5_200 }, (_, at) => `no domain ${at}@x,Somebody ${at}`);
      const csv = `User name,Display name\n${lines.join("\n")}\n`;
      const { id } = await idle.upload(customer.id, csv);
      await idle.db.sql`update batches set finished_at = now() where id = ${id}`;
      expect([await indexNames(idle.context), await indexNames(idle.context)]).toEqual([5_000, 200]);
      expect(await indexNames(idle.context)).toBe(0);
      expect(await idle.db.sql`select 1 from row_names`).toHaveLength(5_200);
      await idle.db.sql`update batches set finished_at = now() + interval '1 second' where id = ${id}`;
      await idle.db.sql`update row_results set code = null where row_no <= 3`;
      expect(await indexNames(idle.context)).toBe(5_000);
      await idle.db.sql`update batches set finished_at = now() - interval '91 days' where id = ${id}`;
      expect(await sweep(idle.context, { keepRowsDays: 90 })).toMatchObject({ cells: 5_200 });
      expect(await idle.db.sql`select 1 from row_names`).toHaveLength(0);
    } finally {
      await idle.close();
    }
  });

  it("is what a search goes by", async () => {
    const [pattern = ""] = searchPatterns("bergengrun");
    const plan = await inTransaction(app.db.pool, async (tx) => {
      await tx.rows(sql`set local enable_seqscan = off`);
      return await tx.rows(sql`explain select 1 from user_names where names like ${pattern}`);
    });
    expect(JSON.stringify(plan)).toContain("user_names_trigrams");
  });
});
