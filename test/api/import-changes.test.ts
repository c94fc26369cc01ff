import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { Batch } from "../../contract/batch.ts";
import { fileOperationNames, operations } from "../../contract/operations.ts";
import type { Page } from "../../contract/paging.ts";
import type { User } from "../../contract/user.ts";
import { startApp, type TestApp } from "../support/app.ts";
import { importFixture, type ImportFixture } from "../support/run-import.ts";

vi.setConfig({ testTimeout: 90_000, hookTimeout: 120_000 });

let app: TestApp;
let fixture: ImportFixture;
beforeAll(async () => {
  app = await startApp();
  fixture = await importFixture({ MUSTER_URL: app.url, MUSTER_API_KEY: app.key });
});
afterAll(() => app.close());

type Made = { id: string; domain: string; users: Map<string, User> };

/** A customer with Ana, Bob and Cem, who are licensed. */
async function makePeople(): Promise<Made> {
  const customer = await app.makeCustomer([
    { skuPartNumber: "SPE_E3", total: 9 },
    { skuPartNumber: "SPE_E5", total: 2 },
  ]);
  const lines = ["ana", "bob", "cem"].map((name) => `${name},${name.toUpperCase()},NL,SPE_E3`);
  const csv = `User name,Display name,Usage location,Licenses\n${lines.join("\n")}\n`;
  await app.finished((await app.upload(customer.id, csv, "&apply=true")).id);
  return { ...customer, users: await usersOf(customer.id) };
}

/** Users of a customer by the first part of their names. */
async function usersOf(customerId: string, state = "active"): Promise<Map<string, User>> {
  const { body } = await app.request<Page<User>>(`/v1/customers/${customerId}/users?state=${state}`);
  return new Map(body.items.map((user) => [user.userPrincipalName.split("@")[0] ?? "", user]));
}

/** Runs the command for the customer, as somebody at a shell does. */
async function run(made: Made, operation: string, file: string, ...more: string[]) {
  return await fixture.run([file, "--customer", made.domain, "--operation", operation, ...more]);
}

async function latestOf({ id }: Made): Promise<Batch> {
  const { body } = await app.request<Page<Batch>>(`/v1/batches?customerId=${id}&limit=1`);
  const [batch] = body.items;
  if (batch === undefined) throw new Error("there is no batch");
  return batch;
}

it("users are deleted and restored with the templates of Entra, after a plan that says so", async () => {
  const made = await makePeople();
  const names = `ana@${made.domain}\nbob@${made.domain}\n`;
  await fixture.put("leavers.csv", `\uFEFFversion:v1.0\nUser name [userPrincipalName] Required\n${names}`);
  const plan = await run(made, "delete-users", "leavers.csv");
  expect(plan).toMatchObject({ code: 0, err: "" });
  expect(plan.out).toContain("Delete users");
  expect(plan.out).toMatch(/2 rows: 2 delete$/m);
  expect([...(await usersOf(made.id)).keys()]).toHaveLength(3);
  const deleted = await run(made, "delete-users", "leavers.csv", "--apply");
  expect(deleted.code).toBe(0);
  expect(deleted.out).toContain("2 succeeded");
  expect([...(await usersOf(made.id)).keys()]).toEqual(["cem"]);
  expect(await run(made, "delete-users", "leavers.csv", "--apply")).toMatchObject({ code: 0 });
  expect((await latestOf(made)).totals).toMatchObject({ unchanged: 2 });

  const ids = ["ana", "bob"].map((name) => made.users.get(name)?.id ?? "");
  await fixture.put("back.csv", `\uFEFFversion:v1.0\nObject ID [objectId] Required\n${ids.join("\n")}\n`);
  const back = await run(made, "restore-users", "back.csv", "--apply");
  expect(back.code).toBe(0);
  expect(back.out).toMatch(/2 rows: 2 restore$/m);
  expect(back.out).toContain("2 succeeded");
  expect([...(await usersOf(made.id)).keys()].toSorted()).toEqual(["ana", "bob", "cem"]);
});

it("licenses are swapped, and who finds no seat is written beside the file", async () => {
  const made = await makePeople();
  const lines = ["ana", "bob", "cem"].map((name) => `${name}@${made.domain},SPE_E5,SPE_E3`);
  await fixture.put("swap.csv", `User name,Licenses,Remove licenses\n${lines.join("\n")}\n`);
  const plan = await run(made, "change-licenses", "swap.csv");
  expect(plan.code).toBe(1);
  expect(plan.out).toContain("Change licenses");
  expect(plan.out).toMatch(/3 rows: 3 update$/m);
  expect(plan.out).toContain("SPE_E5: 3 seats needed, 2 free, 1 too few");
  const done = await run(made, "change-licenses", "swap.csv", "--apply");
  expect(done.code).toBe(1);
  expect(done.out).toMatch(/1 failed +seat_shortage/);
  expect(await readFile(join(fixture.folder, "swap.failed.csv"), "utf8")).toContain(`cem@${made.domain}`);
  const held = [...(await usersOf(made.id)).values()].map(({ licenses }) => licenses.map((one) => one.skuPartNumber));
  expect(held.map((names) => names.join(" ")).toSorted()).toEqual(["SPE_E3", "SPE_E5", "SPE_E5"]);
});

it("passwords are reset to those in the file, of which the command says nothing", async () => {
  const made = await makePeople();
  await fixture.put("reset.csv", `User name,Password\nana@${made.domain},Harbour-4-Lantern\nbob@${made.domain},\n`);
  const plan = await run(made, "reset-passwords", "reset.csv");
  expect(plan.code).toBe(0);
  expect(plan.out).toContain("Reset passwords");
  expect(plan.out).toMatch(/2 rows: 2 reset$/m);
  const done = await run(made, "reset-passwords", "reset.csv", "--apply");
  expect(done.code).toBe(0);
  expect(done.out).toContain("2 succeeded");
  expect(plan.out + done.out + done.err).not.toContain("Harbour");
  const { id } = await latestOf(made);
  const shown = await app.request<string>(`/v1/batches/${id}/passwords`, { method: "POST" });
  expect(shown.text).toContain("Harbour-4-Lantern");
});

it("deleted users are removed for good where the file has their names, and the others are told", async () => {
  const made = await makePeople();
  await fixture.put("gone.csv", `User name\nana@${made.domain}\nbob@${made.domain}\n`);
  expect((await run(made, "delete-users", "gone.csv", "--apply")).code).toBe(0);
  const ids = ["ana", "bob"].map((name) => made.users.get(name)?.id ?? "");
  await fixture.put("remove.csv", `Object ID,Display name\n${ids[0] ?? ""},ANA\n${ids[1] ?? ""},Somebody else\n`);
  const done = await run(made, "remove-users", "remove.csv", "--apply");
  expect(done.code).toBe(1);
  expect(done.out).toMatch(/2 rows: 1 remove, 1 invalid$/m);
  expect(done.out).toMatch(/1 failed +confirmation_wrong/);
  expect([...(await usersOf(made.id, "inactive")).keys()]).toEqual(["bob"]);
});

it("fields and permissions are changed, and one row that names nobody is told", async () => {
  const made = await makePeople();
  await fixture.put("fields.csv", `User name,Job title\nana@${made.domain},Nurse\nnobody@${made.domain},Nurse\n`);
  const fields = await run(made, "update-users", "fields.csv", "--apply");
  expect(fields.code).toBe(1);
  expect(fields.out).toMatch(/1 failed +user_unknown/);
  await fixture.put("admins.csv", `User name,Permission\nbob@${made.domain},Password admin\n`);
  const admins = await run(made, "change-permissions", "admins.csv", "--apply");
  expect(admins.code).toBe(0);
  const users = await usersOf(made.id);
  expect(users.get("ana")).toMatchObject({ jobTitle: "Nurse" });
  expect(users.get("bob")).toMatchObject({ permission: ["passwordAdmin"] });
});

it("the help names every operation with what its file needs", async () => {
  const { code, out } = await fixture.run(["--help"]);
  expect(code).toBe(0);
  for (const name of fileOperationNames) expect(out).toMatch(new RegExp(`^ +${operations[name].slug} {2,}\\S`, "m"));
});
