import { afterAll, beforeAll, expect, test } from "vitest";
import { listCauses } from "../../core/batches/read/list-causes.ts";
import { refusedPasswordMark } from "../../contract/fields.ts";
import type { RowMatch } from "../../core/batches/read/match-rows.ts";
import { writeResults } from "../../core/batches/read/write-results.ts";
import { changeProduct } from "../../core/directory/customers/change-customer.ts";
import { csvLine } from "../../files/csv/write-csv.ts";
import { admin, e3, endings, licensed, openTestCore, person, upn, type TestCore } from "./test-core.ts";

let core: TestCore;

beforeAll(async () => {
  core = await openTestCore();
});
afterAll(() => core.close());

async function results(batchId: string, failedOnly = false, match: RowMatch = {}): Promise<string> {
  let text = "";
  for await (const piece of writeResults(core.context, batchId, { failedOnly, ...match })) text += piece;
  return text;
}

/** Lines of a result file that has no line break in a cell, without the header. */
function lines(text: string): string[] {
  return text.trimEnd().split("\r\n").slice(1);
}

test("the result file is the file itself with the outcome behind each row", async () => {
  const tenant = await core.makeCustomer();
  const file = 'User name;Shoe size;Display name\r\nanna;"38;5";Anna\r\nx@unverified.example;;X\r\n';
  const batch = await core.upload(tenant, file);
  await core.apply(batch.id);
  const text = await results(batch.id);
  expect(text.split("\r\n")[0]).toBe(
    "\uFEFFUser name,Shoe size,Display name,Muster row,Muster outcome,Muster code,Muster message",
  );
  const [first, second] = lines(text);
  expect(first).toBe('anna,"38;5",Anna,1,succeeded,,');
  expect(second).toMatch(/^x@unverified\.example,,X,2,failed,domain_unverified,.+/);
});

test("the outcome also stands in the column that the reference product keeps for it", async () => {
  const tenant = await core.makeCustomer();
  const file =
    "First name,Last name,Display name,Email,Status update\r\nAnna,Berg,Anna Berg,anna,\r\nX,,X,x@no.example,\r\n";
  const batch = await core.upload(tenant, file);
  await core.apply(batch.id);
  const [first, second] = lines(await results(batch.id));
  expect(first).toBe("Anna,Berg,Anna Berg,anna,succeeded,1,succeeded,,");
  expect(second).toMatch(/^X,,X,x@no\.example,"?failed: .+,2,failed,domain_unverified,/);
});

test("a result file comes back unchanged: all its rows are there already", async () => {
  const tenant = await core.makeCustomer([{ skuPartNumber: "SPE_E3", total: 5 }]);
  const names = ["=1+1", "+31 6", "-dash", "@at", "'quoted", "'=guarded", "''=twice", '"Zoë"', "a,b;c|d''e", "ends '"];
  const header = ["User name", "Display name", "Job title", "Usage location", "Licenses", "Password"];
  const people = names.map((name, at) => [`u${at}`, name, name, "NL", "SPE_E3", at === 0 ? "Winter-ade-2031" : ""]);
  const file = [header, ...people.slice(0, 5)].map((cells) => csvLine(cells)).join("");
  // What an agent types is no formula of ours and has no guard to lose.
  const typed = [header, ...people].map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(","));
  expect(file).not.toBe(typed.join("\r\n"));
  const batch = await core.upload(tenant, typed.join("\r\n"));
  await core.apply(batch.id);
  expect((await core.batch(batch.id)).totals).toMatchObject({ succeeded: 5, partial: 5 });
  await changeProduct(core.context, admin, tenant.id, e3.skuId, { total: 10 });
  const second = await core.upload(tenant, await results(batch.id), { onExisting: "update" });
  expect(second.unknownColumns).toEqual([]);
  await core.apply(second.id);
  expect((await core.batch(second.id)).totals).toMatchObject({ rows: 10, unchanged: 5, succeeded: 5 });
  const third = await core.upload(tenant, await results(second.id));
  expect(third.plan).toMatchObject({ unchanged: 10, create: 0, conflict: 0, invalid: 0 });
  await core.apply(third.id);
  expect((await core.batch(third.id)).totals).toMatchObject({ rows: 10, unchanged: 10 });
  const users = await core.context.db.sql<{ name: string; title: string }[]>`
    select display_name as name, job_title as title from users where customer_id = ${tenant.id} order by created_at, id`;
  expect(users.map((user) => user.name).toSorted()).toEqual(names.toSorted());
  expect(users.map((user) => user.title).toSorted()).toEqual(names.toSorted());
});

test.each([
  ["in a column of their own", "First name,Last name\r\nAsa,Berg\r\nAsa,Berg\r\n"],
  ["in the cells that were blank", "User name,First name,Last name\r\n,Asa,Berg\r\n,Asa,Berg\r\n"],
])("names that were built come back %s, and find the same users without the option", async (_where, file) => {
  const tenant = await core.makeCustomer();
  const batch = await core.upload(tenant, file, { upnPattern: "{givenName}.{surname}" });
  await core.apply(batch.id);
  expect(endings(await core.rows(batch.id))).toEqual(["succeeded", "succeeded"]);
  const second = await core.upload(tenant, await results(batch.id));
  expect(second.plan).toMatchObject({ unchanged: 2, create: 0, conflict: 0, invalid: 0 });
});

test.each([
  ["alone", "weak,SE", ["password_invalid"]],
  ["beside another fault", "weak,Freedonia", ["country_unknown", "password_invalid"]],
])(
  "a row that failed by its password, %s, is refused again until the cell says what to do",
  async (_how, cells, codes) => {
    const tenant = await core.makeCustomer();
    const batch = await core.upload(tenant, `User name,Display name,Password,Usage location\r\nanna,Anna,${cells}\r\n`);
    await core.apply(batch.id);
    const [row] = await core.rows(batch.id);
    const found = [row?.code, ...(row?.otherProblems ?? []).map(({ code }) => code)].filter((code) => code !== null);
    expect(new Set(found)).toEqual(new Set(codes));
    for (const failedOnly of [true, false]) {
      const file = (await results(batch.id, failedOnly)).replace("Freedonia", "SE");
      const again = await core.upload(tenant, file);
      expect(again.plan).toMatchObject({ create: 0, invalid: 1 });
      expect((await core.rows(again.id))[0]).toMatchObject({ code: "password_invalid" });
      expect((await core.upload(tenant, file.replace(refusedPasswordMark, ""))).plan).toMatchObject({ create: 1 });
      expect((await core.upload(tenant, file.replace(refusedPasswordMark, "Abcdef12"))).plan).toMatchObject({
        create: 1,
      });
    }
  },
);

test("a password that was taken leaves a mark that asks for nothing", async () => {
  const tenant = await core.makeCustomer();
  const batch = await core.upload(tenant, "User name,Display name,Password\r\nanna,Anna,Abcdef12\r\n");
  await core.apply(batch.id);
  const file = await results(batch.id, false);
  expect(file).not.toContain(refusedPasswordMark);
  expect((await core.upload(tenant, file)).plan).toMatchObject({ unchanged: 1 });
});

test("comment lines alone are no batch to mend", async () => {
  const tenant = await core.makeCustomer();
  await expect(core.upload(tenant, "User name,Display name\r\n# no user yet,\r\n")).rejects.toMatchObject({
    code: "upload_header_only",
  });
});

test("the file of failed rows holds those and no other, ready to be mended and sent again", async () => {
  const tenant = await core.makeCustomer([{ skuPartNumber: "SPE_E3", total: 1 }]);
  const batch = await core.provision(tenant, [
    licensed("a", "SPE_E3"),
    licensed("b", "SPE_E3"),
    person("mars", { usageLocation: "Marsland" }),
    person("fine"),
  ]);
  const failed = await results(batch.id, true);
  expect(lines(failed)).toHaveLength(2);
  await changeProduct(core.context, admin, tenant.id, e3.skuId, { total: 2 });
  const mended = await core.upload(tenant, failed.replace("Marsland", "Malta"), { onExisting: "update" });
  expect(mended.plan).toMatchObject({ update: 1, create: 1 });
  await core.apply(mended.id);
  expect(endings(await core.rows(mended.id))).toEqual(["succeeded", "succeeded"]);
  expect(await core.user(tenant, "mars")).toMatchObject({ usageLocation: "MT" });
  expect(lines(await results(mended.id, true))).toEqual([]);
});

test("what a filter shows can be downloaded alone, by outcome, plan and cause", async () => {
  const tenant = await core.makeCustomer([{ skuPartNumber: "SPE_E3", total: 1 }]);
  const { id } = await core.provision(tenant, [
    licensed("a", "SPE_E3"),
    licensed("b", "SPE_E3"),
    person("mars", { usageLocation: "Marsland" }),
    person("fine"),
  ]);
  const numbers = async (match: RowMatch, failedOnly = false) =>
    lines(await results(id, failedOnly, match)).map((line) =>
      Number(/,(\d+),(?:succeeded|partial|failed),/.exec(line)?.[1]),
    );
  expect(await numbers({ code: "seat_shortage" })).toEqual([2]);
  expect(await numbers({ state: "succeeded" })).toEqual([1, 4]);
  expect(await numbers({ plan: "create", state: "partial" })).toEqual([2]);
  expect(await numbers({ plan: "invalid" }, true)).toEqual([3]);
  expect(await numbers({ state: "succeeded" }, true)).toEqual([]);
});

test("a plan can be downloaded before it is started", async () => {
  const tenant = await core.makeCustomer();
  const batch = await core.plan(tenant, [person("anna"), person("x@unverified.example")]);
  expect(lines(await results(batch.id)).map((line) => line.split(",").slice(2, 5))).toEqual([
    ["1", "pending", ""],
    ["2", "failed", "domain_unverified"],
  ]);
});

test("a long result file is whole and in order, and outlives the cells", async () => {
  const tenant = await core.makeCustomer();
  const rows = Array.from({ length: 4500 }, (_, at) => person(`u${at + 1}`));
  const batch = await core.plan(tenant, rows);
  const rowNos = (text: string) => lines(text).map((line) => Number(line.split(",")[2]));
  const expected = rows.map((_row, at) => at + 1);
  expect(rowNos(await results(batch.id))).toEqual(expected);
  await core.context.db.sql`delete from rows where batch_id = ${batch.id}`;
  const after = await results(batch.id);
  expect(rowNos(after)).toEqual(expected);
  expect(lines(after)[0]).toBe(",,1,pending,,");
});

test("causes are counted, the commonest first, with the first row of each as the example", async () => {
  const tenant = await core.makeCustomer([{ skuPartNumber: "SPE_E3", total: 0 }]);
  const batch = await core.provision(tenant, [
    person("fine"),
    person("x@unverified.example"),
    licensed("a", "SPE_E3"),
    person("y@unverified.example"),
    person("", {}),
  ]);
  const counted = await listCauses(core.context, batch.id);
  expect(counted).toMatchObject([
    { code: "domain_unverified", state: "failed", rows: 2, example: { rowNo: 2 } },
    { code: "required_missing", state: "failed", rows: 1, example: { rowNo: 5 } },
    { code: "seat_shortage", state: "partial", rows: 1, example: { rowNo: 3 } },
  ]);
  expect(counted[0]?.example.message).toBe((await core.row(batch.id, 2)).message);
});

test("a message names the row and the value, cut where it is long", async () => {
  const tenant = await core.makeCustomer();
  const long = "l".repeat(60);
  await core.provision(tenant, [person(long, { city: "Delft" })]);
  const batch = await core.plan(tenant, [person(long, { city: "Gouda" })]);
  const { message } = await core.row(batch.id, 1);
  expect(message).toContain(`"${upn(tenant, long).slice(0, 80)}`);
  expect(message).toMatch(/\b1\b/);
});
