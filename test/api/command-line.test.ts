import { mkdtemp, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { commandAt, commands } from "../../cli/commands.ts";
import type { Batch } from "../../contract/batch.ts";
import type { Bundle } from "../../contract/bundle.ts";
import { usualLimits } from "../../contract/brakes.ts";
import type { Page } from "../../contract/paging.ts";
import type { User } from "../../contract/user.ts";
import { grantRole, makeColleague } from "../support/agents.ts";
import { startApp, type TestApp } from "../support/app.ts";
import { eventually } from "../support/eventually.ts";
import { muster } from "../support/muster.ts";
import { parseCsv } from "../support/parse-csv.ts";

let app: TestApp;
let home: string;
beforeAll(async () => {
  app = await startApp();
  home = await mkdtemp(join(inject("scratch"), "home-"));
});
afterAll(() => app.close());

const run = (words: string[], more: Record<string, string> = {}, stdin = "", says?: (piece: string) => void) =>
  muster(words, { MUSTER_URL: app.url, MUSTER_API_KEY: app.key, HOME: home, ...more }, stdin, says);

type ToldImport = { exitCode: number; batch: Batch; bundle: Bundle; next: string | null; results: string | null };

/** All that the results of these commands may hold. */
type Result = User &
  Pick<Page<Batch>, "items"> & { batch: Batch; bundle: Bundle; file: string; temporaryPassword?: string; key: string };

/** The commands that told a program what came of them. */
const heardOf = new Set<string | undefined>();

/** Runs a command with --json and gives what it told. */
async function ask(words: string[], more: Record<string, string> = {}) {
  const { code, out } = await run([...words, "--json"], more);
  const told = JSON.parse(out) as { exitCode: number; result: Result; problem: { code: string } | null };
  expect(told.exitCode).toBe(code);
  if (told.problem === null) heardOf.add(commandAt(commands, words)?.words);
  return told;
}

/** Stays with a file for many customers, and gives how the command ends once it has seen that one of its batches awaits approval. */
async function waitingFor(words: string[], as: Record<string, string>) {
  let out = "";
  const waiting = run(words, as, "", (piece) => (out += piece));
  await eventually(() => out.includes("awaits approval"));
  return { waiting };
}

async function awaitsApproval(batchId: string): Promise<void> {
  await eventually(async () => (await app.request<Batch>(`/v1/batches/${batchId}`)).body.state === "awaiting_approval");
}

/** Gives a customer this limit alone, which may be looser than the one for all. */
async function limitUsers(customerId: string, users: number): Promise<void> {
  const brakes = JSON.stringify({ users, percent: null, admins: false });
  await app.db.sql`update customers set brakes = ${brakes}::text::jsonb where id = ${customerId}`;
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

it("tells a program the user that each act on one user leaves", async () => {
  const { domain } = await app.makeCustomer();
  const name = `bob@${domain}`;
  const act = async (what: string, ...more: string[]) => (await ask(["users", what, name, ...more])).result;
  expect((await act("create", "--display-name", "Bob")).temporaryPassword).toBeDefined();
  expect(await act("edit", "--city", "Bonn")).toMatchObject({ userPrincipalName: name, city: "Bonn" });
  expect(await act("block")).toMatchObject({ accountEnabled: false });
  expect(await act("unblock")).toMatchObject({ accountEnabled: true });
  expect(await act("delete")).toMatchObject({ userPrincipalName: name });
  expect((await ask(["users", "list", "--customer", domain])).result.items).toEqual([]);
  expect(await act("restore")).toMatchObject({ userPrincipalName: name, city: "Bonn" });
  expect(await act("get")).toMatchObject({ city: "Bonn" });
});

it("cancels a plan, and undoes what a batch has done", async () => {
  const { id, domain } = await app.makeCustomer();
  const planned = await app.upload(id, csvOf(domain, 2));
  const cancelled = (await ask(["batches", "cancel", String(planned.no)])).result.batch;
  expect(cancelled).toMatchObject({ id: planned.id, state: "cancelled", totals: { cancelled: 2 } });
  const done = await app.upload(id, csvOf(domain, 2), "&apply=true");
  await app.finished(done.id);
  const undo = (await ask(["batches", "undo", String(done.no)])).result.batch;
  expect(undo).toMatchObject({ operation: "undoBatch", state: "ready", plan: { delete: 2 } });
  const applied = await ask(["batches", "apply", String(undo.no), "--confirm", "2", "--wait"]);
  expect(applied).toMatchObject({ exitCode: 0, result: { batch: { totals: { succeeded: 2 } } } });
  expect((await ask(["users", "list", "--customer", domain])).result.items).toEqual([]);
});

it("tells a program where each file is that it was to write", async () => {
  const { id, domain } = await app.makeCustomer();
  const { no, id: batchId } = await app.upload(id, `${csvOf(domain, 1)}u0@${domain},Twice\n`, "&apply=true");
  await app.finished(batchId);
  const csv = `User name,Display name\nu1@${domain},One\nwho@nowhere.example,Who\n`;
  const name = join(home, `some ${domain}.csv`);
  await writeFile(name, csv);
  const words = ["import", name, "--many-customers", "--operation", "create-users", "--apply", "--json"];
  const { bundle } = JSON.parse((await run(words)).out) as ToldImport;
  expect((await ask(["bundles", "wait", String(bundle.no)])).exitCode).toBe(1);
  for (const [which, lines] of Object.entries({
    [`batches results ${no}`]: 3,
    [`batches failed ${no}`]: 2,
    [`batches passwords ${no}`]: 2,
    [`batches links ${no}`]: 2,
    [`bundles results ${bundle.no}`]: 3,
    [`bundles failed ${bundle.no}`]: 2,
  })) {
    const file = join(home, `${which} ${domain}.csv`);
    expect((await ask([...which.split(" "), "--output", file])).result).toEqual({ file });
    expect(parseCsv(await readFile(file, "utf8"))).toHaveLength(lines);
  }
});

it("lists, shows, applies and waits for a batch by its number, and gives what came of it", async () => {
  const { id, domain } = await app.makeCustomer();
  const { no } = await app.upload(id, `${csvOf(domain, 2)}u0@${domain},Twice\n`);
  const list = await ask(["batches", "list", "--customer", domain, "--state", "ready"]);
  expect(list.result.items.map((batch) => batch.no)).toEqual([no]);
  expect((await run(["batches", "show", String(no)])).out).toContain("2 create");
  expect((await ask(["batches", "show", String(no)])).result.batch).toMatchObject({ no, plan: { create: 2 } });
  const applied = await ask(["batches", "apply", String(no), "--wait"]);
  expect(applied).toMatchObject({ exitCode: 1, result: { batch: { totals: { succeeded: 2 }, state: "finished" } } });
  expect((await ask(["batches", "wait", String(no)])).exitCode).toBe(1);
  expect((await run(["batches", "results", String(no)])).out.trim().split("\n")).toHaveLength(4);
  expect((await run(["batches", "failed", String(no)])).out).toContain("Twice");
  const file = join(home, "passwords.csv");
  expect((await run(["batches", "passwords", String(no), "--output", file])).code).toBe(0);
  expect([(await stat(file)).mode & 0o777, (await readFile(file, "utf8")).trim().split("\n").length]).toEqual([
    0o600, 3,
  ]);
  expect(await run(["batches", "passwords", String(no), "--output", file])).toMatchObject({ code: 2 });
  const links = await run(["batches", "links", String(no), "--hours", "1"]);
  expect([links.code, links.out.match(/\/link#[\w-]{43},/g)?.length]).toEqual([0, 2]);
  const token = /\/link#([\w-]{43}),/.exec(links.out)?.[1];
  expect((await run(["batches", "links", String(no), "--output", file])).err).toContain("cannot be written (EEXIST)");
  expect((await app.request("/link", { key: null, json: { token } })).status).toBe(200);
  const none = join(home, "none.csv");
  expect((await run(["batches", "links", "999999", "--output", none])).err).toContain("There is no batch 999999");
  await expect(stat(none)).rejects.toThrow("ENOENT");
  expect(await ask(["batches", "links", String(no), "--mail-to", "it@fabrikam.example"])).toMatchObject({
    exitCode: 3,
    problem: { code: "mail_not_set_up" },
  });
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
  const names = Array.from({ length: 9 }, (_, at) => `x${at}@${domain}\n`).join("");
  const file = join(home, `leavers ${domain}.csv`);
  await writeFile(file, `User name\nu29@${domain}\n${names}`);
  const mixed = await run(["import", file, ...imports.slice(2), "delete-users", "--json"], as);
  const { id, no } = (JSON.parse(mixed.out) as ToldImport).batch;
  const rows = Array.from({ length: 9 }, (_, at) => ({
    rowNo: at + 2,
    values: { "User name": `u${at + 10}@${domain}` },
  }));
  await app.request(`/v1/batches/${id}/rows`, { method: "PATCH", json: { rows } });
  const retried = await run(["batches", "retry", String(no)], as);
  expect([retried.code, retried.out]).toEqual([5, expect.stringContaining("The retry deletes 9 users")]);
  await run(["batches", "refuse", String(no)], as);
  const waiting = run(["batches", "retry", String(no), "--wait"], as);
  await awaitsApproval(id);
  await run(["batches", "refuse", String(no), "--note", "Not today"]);
  expect(await waiting).toMatchObject({
    code: 3,
    out: expect.stringContaining(`refused the retry of batch ${no}: Not today`) as string,
  });
});

it("imports one file for many customers, tells all of its batches as one, and writes what came of it in its order", async () => {
  const domains = (await Promise.all([1, 2].map(() => app.makeCustomer()))).map(({ domain }) => domain);
  const rows = [`ana@${domains[0]}`, "who@nowhere.example", `bob@${domains[1]}`, `cem@${domains[0]}`];
  const name = join(home, `all ${domains[0]}.csv`);
  await writeFile(name, `User name,Display name\n${rows.map((row) => `${row},Person\n`).join("")}`);
  const words = ["import", name, "--many-customers", "--operation", "create-users"];
  const plan = await run(words);
  expect([plan.code, plan.out]).toEqual([1, expect.stringMatching(/4 rows, 2 customers: 3 pending, 1 refused\n/)]);
  expect(plan.out).toContain("(customer_unknown)");
  const no = /bundles apply (\d+) --server/.exec(plan.out)?.[1] ?? "";
  expect((await run(["bundles", "list"])).out).toContain(`all ${domains[0]}`);
  expect((await ask(["bundles", "list", "--limit", "1"])).result.items).toMatchObject([{ no: Number(no) }]);
  expect((await run(["bundles", "failed", no])).out).toMatch(
    /^\uFEFF.*\r\nwho@nowhere.example,Person,2,refused,.*\r\n$/,
  );
  const { items } = (await ask(["batches", "list", "--bundle", no])).result;
  expect(items).toHaveLength(2);
  await app.db.sql`
    with paused as (
      update batches set state = 'paused', started_at = now(), paused_at = now()
      where id = ${items[0]?.id ?? ""} returning id
    ) update chunks set state = 'ready' where batch_id in (select id from paused)`;
  expect((await run(["bundles", "show", no])).out).toContain(`bundles resume ${no}\n`);
  expect((await ask(["bundles", "show", no])).result.bundle).toMatchObject({ states: { paused: 1, ready: 1 } });
  expect((await ask(["bundles", "resume", no])).exitCode).toBe(0);
  const applied = await ask(["bundles", "apply", no, "--wait"]);
  expect(applied).toMatchObject({
    exitCode: 1,
    result: { bundle: { states: { finished: 2 }, totals: { succeeded: 3 } } },
  });

  const again = await run([...words, "--apply", "--json"]);
  const told = JSON.parse(again.out) as ToldImport;
  expect(told).toMatchObject({ exitCode: 1, bundle: { totals: { unchanged: 3 } }, next: null });
  expect(again.err).toContain("3 of 3 rows · 2 of 2 customers");
  const file = join(home, `all ${domains[0]}.results.csv`);
  expect(told.results).toBe(file);
  const outcomes = parseCsv(await readFile(file, "utf8")).map((line) => [line[2], line[3]]);
  expect(outcomes.slice(1)).toEqual([["1", "unchanged"], ["2", "refused"], ["3", "unchanged"], ["4", "unchanged"]]); // prettier-ignore
  expect((await run(["bundles", "results", String(told.bundle.no)])).out).toBe(await readFile(file, "utf8"));
});

it("of a file for many customers names a number and a second agent where its plans need them, as of one", async () => {
  const customers = await Promise.all([1, 2].map(() => app.makeCustomer()));
  const agent = await makeColleague(app);
  for (const customer of customers) {
    await grantRole(app, agent, customer, "userAdministrator");
    await limitUsers(customer.id, 2);
  }
  const [few, many] = customers.map(({ domain }, at) => csvOf(domain, at * 2 + 2).replace(/^.*\n/, ""));
  const csv = `User name,Display name\n${few}${many}`;
  const imports = ["import", "-", "--many-customers", "--apply", "--operation"];
  const as = { MUSTER_API_KEY: agent.key };
  const name = join(home, `braked ${customers[0]?.domain}.csv`);
  await writeFile(name, csv);
  expect((await run(["import", name, ...imports.slice(2), "create-users"], as)).code).toBe(0);
  const unnamed = await run([...imports, "delete-users"], as, csv);
  expect([unnamed.code, unnamed.err]).toEqual([3, expect.stringMatching(/bundles apply \d+ .*--confirm 2 --wait/)]);
  const named = await run([...imports, "delete-users", "--confirm", "2", "--json"], as, csv);
  const told = JSON.parse(named.out) as ToldImport;
  expect(told).toMatchObject({ exitCode: 5, bundle: { states: { finished: 1, awaiting_approval: 1 } }, results: null });
  expect(told.next).toContain(`bundles wait ${told.bundle.no} `);
  const no = String(told.bundle.no);
  const [asked] = (await ask(["batches", "list", "--bundle", no, "--state", "awaiting_approval"])).result.items;
  await run(["batches", "refuse", String(asked?.no)], as);
  const first = await waitingFor(["bundles", "apply", no, "--wait"], as);
  await run(["batches", "refuse", String(asked?.no), "--note", "Not today"]);
  expect(await first.waiting).toMatchObject({
    code: 3,
    out: expect.stringContaining(`refused the plan of batch ${asked?.no}: Not today`) as string,
  });

  const domain = customers[1]?.domain ?? "";
  const wrong = ["u0", "x1", "x2", "x3"].map((one) => `${one}@${domain}\n`).join("");
  const partlyWrong = join(home, `wrong ${domain}.csv`);
  await writeFile(partlyWrong, `User name\n${wrong}`);
  const partly = await run(["import", partlyWrong, ...imports.slice(2), "delete-users", "--json"], as);
  const file = (JSON.parse(partly.out) as ToldImport).bundle;
  const [batch] = (await ask(["batches", "list", "--bundle", String(file.no)])).result.items;
  const rows = [1, 2, 3].map((at) => ({ rowNo: at + 1, values: { "User name": `u${at}@${domain}` } }));
  await app.request(`/v1/batches/${batch?.id}/rows`, { method: "PATCH", json: { rows } });
  expect((await run(["batches", "retry", String(batch?.no)], as)).code).toBe(5);
  const second = await waitingFor(["bundles", "wait", String(file.no)], as);
  await run(["batches", "refuse", String(batch?.no)]);
  expect(await second.waiting).toMatchObject({
    code: 3,
    out: expect.stringContaining(`refused the retry of batch ${batch?.no}.`) as string,
  });
});

it("approves and refuses the plans of a file for many customers at once, for the versions that were looked at", async () => {
  const customers = await Promise.all([1, 2].map(() => app.makeCustomer()));
  const [agent, approver] = await Promise.all([makeColleague(app), makeColleague(app)]);
  for (const customer of customers) {
    for (const one of [agent, approver]) await grantRole(app, one, customer, "userAdministrator");
    await limitUsers(customer.id, 1);
  }
  const rows = customers.map(({ domain }) => csvOf(domain, 2).replace(/^.*\n/, "")).join("");
  const csv = `User name,Display name\n${rows}`;
  const imports = ["import", "-", "--many-customers", "--apply", "--operation"];
  const [as, yes] = [agent, approver].map(({ key }) => ({ MUSTER_API_KEY: key })) as [Env, Env];
  type Env = { MUSTER_API_KEY: string };
  const name = join(home, `asked ${customers[0]?.domain}.csv`);
  await writeFile(name, csv);
  await run(["import", name, ...imports.slice(2), "create-users"], as);
  const sent = await run([...imports, "delete-users", "--json"], as, csv);
  const no = String((JSON.parse(sent.out) as ToldImport).bundle.no);
  const show = async (env: Env) => (await run(["bundles", "show", no], env)).out;
  expect(await show(as)).toContain("(approval_own)");
  const shown = await show(yes);
  expect(shown).toContain("2 batches await approval, and would hit 4 users:");
  const [, plans = ""] = /To approve them at once: .* bundles approve \d+ --plans ([\d:,]+)\n/.exec(shown) ?? [];
  expect((await run(["bundles", "approve", no], yes)).err).toContain("--plans");
  expect((await run(["bundles", "approve", no, "--plans", "1"], yes)).code).toBe(2);
  expect((await ask(["bundles", "refuse", no, "--note", "Not yet"], as)).result.bundle.states).toEqual({ ready: 2 });
  expect((await run(["bundles", "refuse", no], as)).err).toContain("No batch of file");
  expect((await run(["bundles", "approve", no, "--plans", plans], yes)).code).toBe(2);
  expect((await run(["bundles", "apply", no], as)).code).toBe(5);
  const reader = await makeColleague(app);
  for (const customer of customers) await grantRole(app, reader, customer, "directoryReader");
  const partlyTheirs = { MUSTER_API_KEY: reader.key };
  const none = await run(["bundles", "refuse", no], partlyTheirs);
  expect([none.code, none.err]).toEqual([3, expect.stringMatching(/yours to refuse: Needs /)]);
  await grantRole(app, reader, customers[0] as (typeof customers)[0], "userAdministrator");
  const some = await run(["bundles", "refuse", no], partlyTheirs);
  expect([some.code, some.out]).toEqual([0, expect.stringMatching(/is not yours to refuse: Needs .* \(forbidden\)\n/)]);
  const tried = await app.db.sql`select from audit where actor_id = ${reader.id} and status = 'refused'`;
  expect(tried).toHaveLength(0);
  expect((await run(["bundles", "apply", no], as)).code).toBe(5);
  const stale = plans.replace(/:1$/, ":9");
  const partly = await run(["bundles", "approve", no, "--plans", stale], yes);
  expect([partly.code, partly.out]).toEqual([3, expect.stringContaining("(plan_changed)")]);
  const last = plans.replace(/^.*,/, "");
  expect((await ask(["bundles", "approve", no, "--plans", last, "--wait"], yes)).result.bundle.totals).toMatchObject({
    succeeded: 4,
  });
});

it("names how many users a retry hits", async () => {
  const { id, domain } = await app.makeCustomer();
  await run(["import", "-", "--customer", domain, "--operation", "create-users", "--apply"], {}, csvOf(domain, 3));
  await limitUsers(id, 5);
  const right = csvOf(domain, 3).replaceAll(/,.*/g, "");
  const [header, ...names] = right.trim().split("\n");
  const wrong = [header, names[0], ...names.slice(1).map((name) => `x${name}`)].join("\n");
  const path = `/v1/customers/${id}/uploads?operation=delete-users&apply=true`;
  const batch = (await app.request<Batch>(path, { csv: `${wrong}\n` })).body;
  await app.finished(batch.id);
  const rows = names.slice(1).map((name, at) => ({ rowNo: at + 2, values: { "User name": name } }));
  await app.request(`/v1/batches/${batch.id}/rows`, { method: "PATCH", json: { rows } });
  const retry = ["batches", "retry", String(batch.no), "--wait"];
  expect(await run(retry)).toMatchObject({ code: 3, err: expect.stringContaining("confirm 2") as string });
  expect(await ask([...retry, "--confirm", "2"])).toMatchObject({
    exitCode: 0,
    result: { batch: { state: "finished", totals: { succeeded: 3 } } },
  });
});

it("approves and refuses what another agent asked for, and goes on with a paused batch", async () => {
  const customer = await app.makeCustomer();
  const { domain } = customer;
  const [asker, second] = [await makeColleague(app), await makeColleague(app)];
  for (const one of [asker, second]) await grantRole(app, one, customer, "userAdministrator");
  const as = { MUSTER_API_KEY: second.key };
  await app.request("/v1/brakes", { method: "PUT", json: usualLimits });
  await run(["import", "-", "--customer", domain, "--operation", "create-users", "--apply"], {}, csvOf(domain, 3));
  const csv = csvOf(domain, 3).replaceAll(/,.*/g, "");
  const imports = ["import", "-", "--customer", domain, "--operation", "delete-users", "--apply", "--wait"];
  const waiting = run(imports, { MUSTER_API_KEY: asker.key }, csv);
  const { no, id } = await eventually(async () => {
    const [found] = (await ask(["batches", "list", "--customer", domain, "--state", "awaiting_approval"])).result.items;
    return found ?? Promise.reject(new Error("no batch awaits approval"));
  });
  expect((await run(["batches", "show", String(no)], as)).out).toContain(`batches approve ${no} --plan-version 1`);
  const refused = await ask(["batches", "refuse", String(no), "--note", "All of them?"], as);
  expect(refused.result.batch).toMatchObject({ state: "ready", approval: { decision: { note: "All of them?" } } });
  const left = await waiting;
  expect([left.code, left.out]).toEqual([3, expect.stringMatching(/refused the plan of batch \d+: All of them\?\n/)]);
  expect(left.out).toContain(`--batch ${id} --plan-version 1 --apply`);
  await app.request(`/v1/batches/${id}/apply`, { json: {}, key: asker.key });
  const own = await ask(["batches", "approve", String(no), "--plan-version", "1"], { MUSTER_API_KEY: asker.key });
  expect(own).toMatchObject({ exitCode: 3, problem: { code: "approval_own" } });
  expect(await run(["batches", "approve", String(no)], as)).toMatchObject({
    code: 2,
    err: expect.stringMatching(/^Say which version/) as string,
  });
  const approved = await ask(["batches", "approve", String(no), "--plan-version", "1", "--wait"], as);
  expect(approved).toMatchObject({ exitCode: 0, result: { batch: { state: "finished", totals: { succeeded: 3 } } } });

  const paused = await app.upload(customer.id, csvOf(domain, 2));
  await app.db.sql`update batches set state = 'running', started_at = now() where id = ${paused.id}`;
  await app.request(`/v1/batches/${paused.id}/pause`, { method: "POST" });
  expect((await run(["batches", "show", String(paused.no)])).out).toContain(`batches resume ${paused.no}`);
  expect(await ask(["batches", "resume", String(paused.no)])).toMatchObject({
    exitCode: 0,
    result: { batch: { state: "running" } },
  });
});

it("keeps a key that it was given once, for its owner alone, until it is told to forget it", async () => {
  const { key } = await makeColleague(app);
  const bare = { MUSTER_API_KEY: "", MUSTER_URL: "" };
  const login = await run(["login", "--server", app.url], bare, `${key}\n`);
  expect((await ask(["login", "--server", app.url, "--api-key", key], bare)).result).toMatchObject({ server: app.url });
  expect(login).toMatchObject({ code: 0, err: "" });
  expect(login.out).not.toContain(key);
  const file = join(home, ".config", "muster", "keys.json");
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const made = await ask(["keys", "create", "of a script"], bare);
  expect((await run(["keys", "list"], { MUSTER_API_KEY: made.result.key })).out).toContain("of a script");
  expect((await ask(["keys", "list"], bare)).result.items).toHaveLength(2);
  expect((await ask(["keys", "end", made.result.id], bare)).result).toEqual({ id: made.result.id });
  expect((await run(["keys", "list"], { MUSTER_API_KEY: made.result.key })).code).toBe(3);
  expect((await ask(["logout"], bare)).result).toEqual({ server: app.url });
  expect(await run(["keys", "list", "--server", app.url], bare)).toMatchObject({ code: 2 });
  expect(await readFile(file, "utf8")).not.toContain(key);
  expect(await run(["login", "--server", app.url], bare, "no-such-key\n")).toMatchObject({ code: 3 });
});

it("tells a program what came of it, whatever the command", () => {
  const unheard = commands.map(({ words }) => words).filter((words) => !heardOf.has(words));
  expect(unheard, "No test above asks these with --json that ran: alone, with -t, none does").toEqual([]);
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
  [["bundles", "show", "x"], /^"x" is neither the id nor the number/],
  [["import", "a.csv", "--operation", "create-users"], /^Say for whom: --customer .* or --many-customers/],
  [["import", "a.csv", "--many-customers", "--skus", "SPE_E3"], /^--skus is about one customer/],
])("%j is wrong, in a sentence that says how", async (words, sentence) => {
  expect(await run(words)).toMatchObject({ code: 2, err: expect.stringMatching(sentence) as string });
});
