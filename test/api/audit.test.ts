import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AuditRecord } from "../../contract/audit.ts";
import type { Batch } from "../../contract/batch.ts";
import { grantRole, makeColleague } from "../support/agents.ts";
import { parseCsv } from "../support/parse-csv.ts";
import { startApp, type TestApp } from "../support/app.ts";

type AuditPage = { items: AuditRecord[]; next: string | null; total?: number };

let app: TestApp;
let customer: { id: string; domain: string };
let batch: Batch;
beforeAll(async () => {
  app = await startApp();
  customer = await app.makeCustomer([{ skuPartNumber: "SPE_E3", total: 1 }]);
  const csv = `Display name,Email,Usage location,Licenses\n=Ada,ada@${customer.domain},NL,SPE_E3\nBob,bob@${customer.domain},,\n`;
  const { id } = await app.upload(customer.id, csv, "&apply=true");
  batch = await app.finished(id);
});
afterAll(() => app.close());

async function audit(query: string): Promise<AuditPage> {
  const answer = await app.request<AuditPage>(`/v1/audit?${query}`);
  expect(answer.status).toBe(200);
  return answer.body;
}

const operations = ({ items }: AuditPage) => items.map(({ operation }) => operation).sort();

describe("looking at the audit", () => {
  it("a batch leaves a record for each row that changed a user, with who, what and the user", async () => {
    const page = await audit(`batchId=${batch.id}`);
    const steps = ["create_customer_user", "create_customer_user"];
    expect(operations(page).filter((one) => one !== "apply_batch")).toEqual(steps);
    const made = page.items.find(({ rowNo, operation }) => rowNo === 2 && operation === "create_customer_user");
    expect(made).toMatchObject({
      actorId: "token:environment",
      customerId: customer.id,
      customerName: expect.any(String),
      userName: "Bob",
      status: "succeeded",
      before: null,
      after: { userPrincipalName: `bob@${customer.domain}`, displayName: "Bob" },
    });
  });

  it("the latest stands first, and pages follow each other without a gap or a repeat", async () => {
    const all = await audit("count=true");
    const ids: number[] = [];
    for (let cursor: string | null = ""; cursor !== null;) {
      const page: AuditPage = await audit(`limit=2${cursor === "" ? "" : `&cursor=${cursor}`}`);
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.next;
    }
    expect(ids).toEqual(all.items.map(({ id }) => id));
    expect(all.total).toBe(ids.length);
    const times = all.items.map(({ at }) => at);
    expect(times).toEqual(times.toSorted().toReversed());
  });

  it("narrows to a customer, a user, an agent, an operation and a time", async () => {
    const other = await app.makeCustomer();
    expect(operations(await audit(`customerId=${other.id}`))).toEqual(["create_customer", "make_grant"]);
    const [created] = (await audit(`batchId=${batch.id}&operation=update_customer_user_licenses`)).items;
    expect(created).toMatchObject({
      operation: "create_customer_user",
      after: { added: ["SPE_E3"] },
      productNames: { SPE_E3: "Microsoft 365 E3" },
    });
    const steps = await audit(`userId=${created?.userId}`);
    expect(operations(steps)).toEqual(["create_customer_user"]);
    expect((await audit(`batchId=${batch.id}&operation=add_user_member`)).items).toEqual([]);
    expect((await audit("agentId=token:environment")).items.length).toBeGreaterThan(3);
    expect((await audit(`agentId=${customer.id}`)).items).toEqual([]);
    const at = encodeURIComponent(created?.at ?? "");
    expect((await audit(`batchId=${batch.id}&until=${at}`)).items.map(({ id }) => id)).not.toContain(created?.id);
    expect((await audit(`batchId=${batch.id}&since=${at}`)).items.map(({ id }) => id)).toContain(created?.id);
    expect((await audit(`since=2999-01-01T00:00:00Z`)).items).toEqual([]);
  });

  it("a filter that does not exist is refused, and so is a cursor of another list", async () => {
    expect((await app.refused("/v1/audit?agent=Ada")).body.code).toBe("body_invalid");
    const cursor = (await app.request<{ next: string | null }>("/v1/customers?limit=1")).body.next;
    expect((await app.refused(`/v1/audit?cursor=${cursor}`)).body.code).toBe("body_invalid");
  });

  it("leaves as a spreadsheet that runs no formula", async () => {
    const answer = await app.request<string>(`/v1/audit.csv?batchId=${batch.id}&operation=create_customer_user`);
    expect(answer.headers.get("content-type")).toContain("text/csv");
    const [header, ...lines] = parseCsv(answer.text);
    expect(header?.at(-1)).toBe("After");
    const names = lines.map((line) => (JSON.parse(line.at(-1) ?? "") as { displayName: string }).displayName);
    expect(new Map(lines.map((line, at) => [line[8], names[at]]))).toEqual(
      new Map([
        // Behind a quote as well: a program that takes another separator may begin a cell there.
        ["1", "'=Ada"],
        ["2", "Bob"],
      ]),
    );
    for (const cell of lines.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
  });
});

describe("what is recorded beside changes", () => {
  const path = "/api/auth/sign-in/email";

  it("a sign-in and a refused one, and never what was typed", async () => {
    await app.signIn();
    await app.refused(path, { key: null, json: { ...app.admin, password: "wrong horse battery" } });
    await app.refused(path, { key: null, json: { email: "stranger@muster.example", password: "some guess" } });
    const { items } = await audit("operation=sign_in");
    expect(items.map(({ status, actorName }) => `${status} ${actorName}`)).toEqual([
      "refused unknown",
      "refused admin",
      "succeeded admin",
    ]);
    expect(JSON.stringify(items)).not.toMatch(/stranger|guess|battery/);
  });

  it("a sign-in by the form as well", async () => {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const before = (await audit("operation=sign_in")).items.length;
    await app.request("/sign-in", { key: null, csv: new URLSearchParams(app.admin).toString(), headers });
    const { items } = await audit("operation=sign_in");
    expect(items).toHaveLength(before + 1);
    expect(items[0]).toMatchObject({ status: "succeeded", actorName: "admin" });
  });

  it("an act that Bull Board offers and nobody may do", async () => {
    const headers = await app.signIn();
    await app.refused("/queues/api/queues/user-creation/empty", { method: "PUT", key: null, headers });
    const [record] = (await audit("operation=board_act")).items;
    expect(record).toMatchObject({ status: "refused", actorName: "admin", customerId: null });
    expect(record?.after).toEqual({ method: "PUT", path: "/api/queues/user-creation/empty" });
  });

  it("a download of the audit, with what it was narrowed to", async () => {
    await app.request(`/v1/audit.csv?customerId=${customer.id}&operation=make_grant`);
    const [record] = (await audit(`customerId=${customer.id}&operation=download_audit`)).items;
    expect(record).toMatchObject({
      actorId: "token:environment",
      after: { customerId: customer.id, operation: "make_grant" },
    });
  });

  it("a download of passwords, and none of the passwords", async () => {
    const file = await app.request<string>(`/v1/batches/${batch.id}/passwords`, { method: "POST" });
    const passwords = parseCsv(file.text)
      .slice(1)
      .map((line) => line[2] ?? "");
    expect(passwords).toHaveLength(2);
    const [record] = (await audit(`batchId=${batch.id}&operation=download_passwords`)).items;
    expect(record?.after).toEqual({ passwords: 2 });
    const whole = (await app.request<string>("/v1/audit.csv")).text;
    for (const password of passwords) expect(whole).not.toContain(password);
  });
});

it.each(["update audit set actor_name = 'Nobody'", "delete from audit", "truncate audit"])(
  "the database refuses to %s",
  async (statement) => {
    const before = (await audit("count=true")).total;
    await expect(app.db.pool.query(statement)).rejects.toMatchObject({ code: "42501" });
    expect((await audit("count=true")).total).toBe(before);
  },
);

it("the token of the environment has a name of its own for people in every answer, in earlier records too", async () => {
  const { sql } = app.db;
  await app.request(`/v1/batches/${batch.id}/retry`, { json: { codes: ["seat_shortage"] } });
  const colleague = await makeColleague(app, "helpdeskAgent");
  await grantRole(app, colleague, customer, "directoryReader");
  const [user] = await sql<{ id: string }[]>`select id from users where customer_id = ${customer.id} limit 1`;
  await sql`
    insert into audit (actor_id, actor_name, customer_id, operation, status, batch_id, user_id)
    values ('token:environment', 'token:environment', ${customer.id}, 'retry_batch', 'succeeded', ${batch.id}, ${user?.id ?? ""})`;
  const own = `/v1/customers/${customer.id}`;
  for (const path of [
    "/v1/me",
    "/v1/audit?limit=500",
    "/v1/batches?limit=100",
    `/v1/batches/${batch.id}`,
    `/v1/batches/${batch.id}/runs`,
    "/v1/overview",
    `${own}/grants`,
    `${own}/users/${user?.id}/activity`,
  ]) {
    const { status, text } = await app.request(path);
    expect([path, status]).toEqual([path, 200]);
    expect(text).toContain('"Environment token"');
    expect(text.replaceAll(/"(?:id|actorId|createdById)":"token:environment"/g, "")).not.toContain("token:environment");
  }
});
