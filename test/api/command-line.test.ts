import { mkdtemp, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import type { Batch } from "../../contract/batch.ts";
import { usualLimits } from "../../contract/brakes.ts";
import type { Page } from "../../contract/paging.ts";
import type { User } from "../../contract/user.ts";
import { grantRole, makeColleague } from "../support/agents.ts";
import { startApp, type TestApp } from "../support/app.ts";
import { muster } from "../support/muster.ts";

let app: TestApp;
let home: string;
beforeAll(async () => {
  app = await startApp();
  home = await mkdtemp(join(inject("scratch"), "home-"));
});
afterAll(() => app.close());

const run = (words: string[], more: Record<string, string> = {}, stdin = "") =>
  muster(words, { MUSTER_URL: app.url, MUSTER_API_KEY: app.key, HOME: home, ...more }, stdin);

/** All that the results of these commands may hold. */
type Result = User & Pick<Page<Batch>, "items"> & { batch: Batch; temporaryPassword?: string; key: string };

/** Runs a command with --json and gives what it told. */
async function ask(words: string[], more: Record<string, string> = {}) {
  const { code, out } = await run([...words, "--json"], more);
  const told = JSON.parse(out) as { exitCode: number; result: Result; problem: { code: string } | null };
  expect(told.exitCode).toBe(code);
  return told;
}

const csvOf = (domain: string, count: number) =>
  `User name,Display name\n${Array.from({ length: count }, (_, at) => `u${at}@${domain},Person ${at}\n`).join("")}`;

it("creates a user, and changes, blocks, resets, deletes and restores the user by the username alone", async () => {
  const { id, domain } = await app.makeCustomer([{ skuPartNumber: "SPE_E3", total: 1 }]);
  const name = `ana@${domain}`;
  const made = await run([
    "users",
    "create",
    name,
    "--display-name",
    "Ana",
    "--usage-location",
    "NL",
    "--licenses",
    "SPE_E3",
  ]);
  expect([made.code, made.out]).toEqual([0, expect.stringMatching(/is created\.\nThe temporary password is \S+\n/)]);
  const user = async () => (await ask(["users", "get", name])).result;
  expect(await user()).toMatchObject({ displayName: "Ana", licenses: [{ skuPartNumber: "SPE_E3" }], customerId: id });
  await run(["users", "edit", name, "--job-title", "Boss", "--display-name", "Ana Z"]);
  expect((await run(["users", "block", name])).code).toBe(0);
  expect(await user()).toMatchObject({ jobTitle: "Boss", displayName: "Ana Z", accountEnabled: false });
  await run(["users", "unblock", name]);
  await run(["users", "edit", name, "--job-title", ""]);
  expect(await user()).toMatchObject({ accountEnabled: true, jobTitle: null });
  expect((await ask(["users", "reset", name])).result.temporaryPassword).toBeDefined();
  expect((await run(["users", "delete", name])).out).toBe(`${name} is deleted.\n`);
  expect((await run(["users", "list", "--customer", domain, "--deleted"])).out).toContain(name);
  expect(await run(["users", "get", name])).toMatchObject({
    code: 2,
    err: expect.stringMatching(/^There is no user/) as string,
  });
  expect((await run(["users", "restore", name])).code).toBe(0);
  expect((await run(["users", "get", (await user()).id, "--customer", id])).out).toContain(name);
});

it("lists, shows, applies and waits for a batch by its number, and gives what came of it", async () => {
  const { id, domain } = await app.makeCustomer();
  const { no } = await app.upload(id, `${csvOf(domain, 2)}u0@${domain},Twice\n`);
  const list = await ask(["batches", "list", "--customer", domain, "--state", "ready"]);
  expect(list.result.items.map((batch) => batch.no)).toEqual([no]);
  expect((await run(["batches", "show", String(no)])).out).toContain("2 create");
  const applied = await ask(["batches", "apply", String(no), "--wait"]);
  expect(applied).toMatchObject({ exitCode: 1, result: { batch: { totals: { succeeded: 2 }, state: "finished" } } });
  expect((await run(["batches", "wait", String(no)])).code).toBe(1);
  expect((await run(["batches", "results", String(no)])).out.trim().split("\n")).toHaveLength(4);
  expect((await run(["batches", "failed", String(no)])).out).toContain("Twice");
  const file = join(home, "passwords.csv");
  expect((await run(["batches", "passwords", String(no), "--output", file])).code).toBe(0);
  expect([(await stat(file)).mode & 0o777, (await readFile(file, "utf8")).trim().split("\n").length]).toEqual([
    0o600, 3,
  ]);
  expect(await run(["batches", "passwords", String(no), "--output", file])).toMatchObject({ code: 2 });
  expect(await ask(["batches", "cancel", String(no)])).toMatchObject({ exitCode: 3, problem: { code: "batch_state" } });
  expect((await run(["batches", "retry", String(no), "--wait"])).code).toBe(1);
});

it("imports what comes on standard input", async () => {
  const { domain } = await app.makeCustomer();
  const words = ["import", "-", "--customer", domain, "--operation", "create-users", "--apply"];
  expect(await run(words, {}, csvOf(domain, 3))).toMatchObject({ code: 0, err: "" });
  expect((await ask(["users", "list", "--customer", domain])).result.items).toHaveLength(3);
});

it("ends with 3 where a number has to be named, and with 5 where a second agent has to agree", async () => {
  await app.request("/v1/brakes", { method: "PUT", json: usualLimits });
  const customer = await app.makeCustomer();
  const { domain } = customer;
  const leavers = (count: number) => csvOf(domain, count).replaceAll(/,.*/g, "");
  const imports = ["import", "-", "--customer", domain, "--apply", "--operation"];
  await run([...imports, "create-users"], {}, csvOf(domain, 30));
  const agent = await makeColleague(app);
  await grantRole(app, agent, customer, "userAdministrator");
  const as = { MUSTER_API_KEY: agent.key };
  const unnamed = await run([...imports, "delete-users"], as, leavers(2));
  expect([unnamed.code, unnamed.err]).toEqual([3, expect.stringContaining("--confirm 2 --apply")]);
  expect((await run([...imports, "delete-users", "--confirm", "2"], as, leavers(2))).code).toBe(0);
  const many = await run([...imports, "delete-users"], as, csvOf(domain, 30).replaceAll(/,.*|u[01]@.*\n/g, ""));
  expect([many.code, many.out]).toEqual([5, expect.stringContaining("awaits the approval of another agent")]);
});

it("keeps a key that it was given once, for its owner alone, until it is told to forget it", async () => {
  const { key } = await makeColleague(app);
  const bare = { MUSTER_API_KEY: "", MUSTER_URL: "" };
  const login = await run(["login", "--server", app.url], bare, `${key}\n`);
  expect(login).toMatchObject({ code: 0, err: "" });
  expect(login.out).not.toContain(key);
  const file = join(home, ".config", "muster", "keys.json");
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const made = await ask(["keys", "create", "of a script"], bare);
  expect((await run(["keys", "list"], { MUSTER_API_KEY: made.result.key })).out).toContain("of a script");
  expect((await run(["keys", "end", made.result.id], bare)).code).toBe(0);
  expect((await run(["keys", "list"], { MUSTER_API_KEY: made.result.key })).code).toBe(3);
  expect((await run(["logout"], bare)).code).toBe(0);
  expect(await run(["keys", "list", "--server", app.url], bare)).toMatchObject({ code: 2 });
  expect(await readFile(file, "utf8")).not.toContain(key);
  expect(await run(["login", "--server", app.url], bare, "no-such-key\n")).toMatchObject({ code: 3 });
});

it.each([
  [["users", "list"], /^Say at which customer/],
  [["users", "edit", "ana@contoso.example"], /^Name at least one field/],
  [["batches", "show"], /^batches show takes BATCH, not nothing/],
  [["batches", "show", "x"], /^"x" is neither the id nor the number/],
  [["batches", "list", "--state", "over"], /^--state takes one of staging/],
  [["batches", "list", "--limit", "501"], /^--limit takes a number from 1 to 500/],
  [["batches", "list", "--bogus"], /^Unknown option '--bogus'/],
  [["batches", "lst"], /^Usage: muster COMMAND/],
  [["batches", "results", "1", "--json"], /^--json goes with --output/],
])("%j is wrong, in a sentence that says how", async (words, sentence) => {
  expect(await run(words)).toMatchObject({ code: 2, err: expect.stringMatching(sentence) as string });
});
