import { readdir, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Batch } from "../../contract/batch.ts";
import type { Page } from "../../contract/paging.ts";
import { startApp, type TestApp } from "../support/app.ts";
import { startBreakingProxy, type BreakingProxy } from "../support/breaking-proxy.ts";
import { importFixture, type CommandEnd, type ImportFixture } from "../support/run-import.ts";
import { writeSheet, writeWorkbook } from "../support/write-workbook.ts";

vi.setConfig({ testTimeout: 90_000, hookTimeout: 120_000 });

type Told = {
  exitCode: number;
  page: string | null;
  batch: Batch | null;
  causes: { code: string; state: string; rows: number }[];
  guesses: { column: string; field: string }[];
  failedRows: string | null;
  next: string | null;
  problem: { code: string; detail: string } | null;
};

let app: TestApp;
let idle: TestApp;
let fixture: ImportFixture;
let proxy: BreakingProxy;
beforeAll(async () => {
  app = await startApp({ maxUploadMb: 8 });
  idle = await startApp({ workers: false });
  proxy = await startBreakingProxy(app.url);
  fixture = await importFixture({ MUSTER_URL: app.url, MUSTER_API_KEY: app.key });
});
afterAll(async () => {
  await proxy.close();
  await idle.close();
  await app.close();
});

const create = ["--operation", "create-users"];

/** Lines of a file: the header, then one for each name of `people`. */
function csvOf(domain: string, people: string[], more = ""): string {
  const lines = people.map((name) => `${name},${name.toLowerCase()}@${domain}${more}`);
  return `Display name,User name${more === "" ? "" : ",Usage location,Licenses"}\n${lines.join("\n")}\n`;
}

/** Runs the command with --json and gives what it told; whatever it wrote, the key is not in it. */
async function ask(args: string[], environment?: Record<string, string>): Promise<Told & CommandEnd> {
  const end = await fixture.run([...args, "--json"], environment);
  expect(end.out + end.err).not.toContain(app.key);
  if (end.out === "") throw new Error(`The command said nothing but: ${end.err}`);
  const told = JSON.parse(end.out) as Told;
  expect(told.exitCode).toBe(end.code);
  return { ...told, ...end };
}

async function usersOf(customerId: string, at = app): Promise<string[]> {
  const page = await at.request<Page<{ displayName: string }>>(`/v1/customers/${customerId}/users`);
  return page.body.items.map(({ displayName }) => displayName).toSorted();
}

async function batchesOf(customerId: string): Promise<Batch[]> {
  return (await app.request<Page<Batch>>(`/v1/batches?customerId=${customerId}`)).body.items;
}

describe("a plan", () => {
  it("is all that comes of a file without --apply, and ends with 0 where it has no problem", async () => {
    const { id, domain } = await app.makeCustomer();
    await fixture.put("plan.csv", csvOf(domain, ["Ana", "Bob"]));
    const end = await fixture.run(["plan.csv", "--customer", domain, ...create]);
    expect(end).toMatchObject({ code: 0, err: "" });
    const [batch] = await batchesOf(id);
    expect(batch).toMatchObject({ state: "ready", fileName: "plan.csv", plan: { create: 2 } });
    expect(end.out).toContain(`${app.url}/batches/${batch?.id ?? ""}`);
    expect(end.out).not.toContain("\r");
    expect(await usersOf(id)).toEqual([]);
  });

  it("is applied by the command that it prints, which quotes the file's name for the shell", async () => {
    const { id, domain } = await app.makeCustomer();
    await fixture.put("Ana's people $HOME.csv", csvOf(domain, ["Ana", "Bob"]));
    const { next } = await ask(["Ana's people $HOME.csv", "--customer", domain, ...create]);
    const end = await fixture.shell(next ?? "");
    expect(end.code).toBe(0);
    expect(await usersOf(id)).toEqual(["Ana", "Bob"]);
    expect(await batchesOf(id)).toHaveLength(1);
  });

  it("with an invalid row, or with too few seats, ends with 1 and names the cause", async () => {
    const { domain } = await app.makeCustomer([{ skuPartNumber: "SPE_E3", total: 1 }]);
    await fixture.put("invalid.csv", csvOf(domain, ["Ana", "Bob."]));
    const invalid = await fixture.run(["invalid.csv", "--customer", domain, ...create]);
    expect(invalid.code).toBe(1);
    expect(invalid.out).toMatch(/1 failed +upn_invalid/);
    await fixture.put("short.csv", csvOf(domain, ["Ana", "Bob"], ",NL,SPE_E3"));
    const short = await fixture.run(["short.csv", "--customer", domain, ...create]);
    expect(short.code).toBe(1);
    expect(short.out).toMatch(/1 pending +seat_shortage/);
  });

  it("is the one that was looked at, or none", async () => {
    const { id, domain } = await app.makeCustomer();
    await fixture.put("moved.csv", csvOf(domain, ["Ana"]));
    const { batch } = await ask(["moved.csv", "--customer", domain, ...create]);
    const other = await ask(["moved.csv", "--batch", batch?.id ?? "", "--plan-version", "7", "--apply"]);
    expect(other).toMatchObject({ exitCode: 3, problem: { code: "plan_changed" } });
    expect(await usersOf(id)).toEqual([]);
  });

  it("follows the options", async () => {
    const { id, domain } = await app.makeCustomer([{ skuPartNumber: "SPE_E3", total: 5 }]);
    await fixture.put("odd.csv", "Who,Where\nAna Berg,ana\n");
    await fixture.put("mapping.json", `\uFEFF{ "Who": "displayName", "Where": "userPrincipalName" }`);
    const shaping = ["--usage-location", "NL", "--skus", "SPE_E3", "--domain", domain];
    const treating = ["--on-existing", "update", "--on-deleted", "restore", "--mapping", "mapping.json"];
    const { batch } = await ask(["odd.csv", "--customer", id, ...create, ...shaping, ...treating]);
    expect(batch).toMatchObject({
      plan: { create: 1 },
      columns: ["displayName", "userPrincipalName"],
      options: { usageLocation: "NL", skus: ["SPE_E3"], domain, onExisting: "update", onDeleted: "restore" },
    });
    const asJson = await ask(["odd.csv", "--customer", id, ...create, "--mapping", '{"Where":"userPrincipalName"}']);
    expect(asJson.batch?.columns).toEqual([null, "userPrincipalName"]);
  });
});

describe("a plan of a file", () => {
  it("with a column that no word knows offers what it seems to be, and the mapping that takes it for that", async () => {
    const { id, domain } = await app.makeCustomer();
    const people = ["ana", "bob", "cem"].map((name) => `${name},${name}@${domain}`);
    await fixture.put("guess.csv", `Display name,Wohin\n${people.join("\n")}\n`);
    const first = await ask(["guess.csv", "--customer", id, ...create]);
    expect(first.guesses).toMatchObject([{ column: "Wohin", field: "userPrincipalName" }]);
    const option = /--mapping (.+)$/m.exec(first.err)?.[1] ?? "";
    const told = await fixture.shell(
      `${(first.next ?? "").replace(/ --batch .*/, "")} --customer ${id} --operation create-users --json --mapping ${option}`,
    );
    expect(JSON.parse(told.out)).toMatchObject({ batch: { plan: { create: 3 } }, guesses: [] });
  });

  it("of several sheets is read by the one that --sheet names", async () => {
    const { id, domain } = await app.makeCustomer();
    const sheet = (name: string, people: string[]) => ({
      name,
      rows: [["Display name", "User name"], ...people.map((one) => [one, `${one}@${domain}`])],
    });
    await fixture.put("months.xlsx", writeWorkbook([sheet("May", ["Ana"]), sheet("June", ["Bob", "Cem"])]));
    const told = await ask(["months.xlsx", "--customer", id, ...create, "--sheet", "may"]);
    expect(told).toMatchObject({ batch: { plan: { create: 1 }, sheets: { read: "May", others: ["June"] } } });
  });

  it("without sign-in names has them built by --upn-pattern", async () => {
    const { id } = await app.makeCustomer();
    await fixture.put("nameless.csv", "First name,Last name\nAna,Berg\nAna,Berg\n");
    const pattern = ["--upn-pattern", "{givenName}.{surname}", "--apply"];
    const told = await ask(["nameless.csv", "--customer", id, ...create, ...pattern]);
    expect(told).toMatchObject({ exitCode: 0, batch: { totals: { succeeded: 2 } } });
    const again = await ask(["nameless.csv", "--customer", id, ...create, ...pattern]);
    expect(again).toMatchObject({ exitCode: 0, batch: { totals: { unchanged: 2 } } });
  });
});

describe("with --apply", () => {
  it("everybody in the file is made, and the same file again is unchanged: both end with 0", async () => {
    const { id, domain } = await app.makeCustomer();
    await fixture.put("all.csv", csvOf(domain, ["Ana", "Bob", "Cem"]));
    const first = await ask(["all.csv", "--customer", domain, ...create, "--apply"]);
    expect(first).toMatchObject({ exitCode: 0, batch: { state: "finished", totals: { succeeded: 3 } } });
    const again = await ask(["all.csv", "--customer", domain, ...create, "--apply", "--wait"]);
    expect(again).toMatchObject({ exitCode: 0, batch: { totals: { unchanged: 3 } }, failedRows: null, next: null });
    expect(await usersOf(id)).toEqual(["Ana", "Bob", "Cem"]);
  });

  it("rows that failed or ended in part are written beside the file, which can be mended and sent again", async () => {
    const { id, domain } = await app.makeCustomer([{ skuPartNumber: "SPE_E3", total: 2 }]);
    const rows = [["Display name", "User name", "Usage location", "Licenses"]];
    rows.push(["Ana", `ana@${domain}`, "NL", "SPE_E3"], ["Bob", `bob.@${domain}`, "NL", "SPE_E3"]);
    rows.push(["Cem", `cem@${domain}`, "NL", "SPE_E3"], ["Dora", `dora@${domain}`, "NL", "SPE_E3"]);
    await fixture.put("mend.xlsx", writeSheet(rows));
    const first = await ask(["mend.xlsx", "--customer", domain, ...create, "--apply"]);
    expect(first).toMatchObject({
      exitCode: 1,
      batch: { totals: { succeeded: 2, partial: 1, failed: 1 } },
      failedRows: "mend.failed.csv",
    });
    expect(first.causes.map(({ code }) => code).toSorted()).toEqual(["seat_shortage", "upn_invalid"]);
    const failed = await readFile(join(fixture.folder, "mend.failed.csv"), "utf8");
    expect(failed.trim().split("\r\n")).toHaveLength(3);
    await fixture.put("mend.failed.csv", failed.replace("bob.@", "bob@").replaceAll("SPE_E3", ""));
    const mended = await ask(["mend.failed.csv", "--customer", domain, ...create, "--apply"]);
    expect(mended).toMatchObject({ exitCode: 0, batch: { totals: { succeeded: 1, unchanged: 1 } } });
    expect(await usersOf(id)).toEqual(["Ana", "Bob", "Cem", "Dora"]);
  });

  it("no file that is there is written over: the failed rows get a number, and that is said", async () => {
    const { domain } = await app.makeCustomer();
    await fixture.put("twice.csv", csvOf(domain, ["Ana."]));
    await fixture.put("twice.failed.csv", "somebody else's");
    const first = await fixture.run(["twice.csv", "--customer", domain, ...create, "--apply"]);
    expect(first.code).toBe(1);
    expect(first.out).toContain("twice.failed-2.csv, because twice.failed.csv was there already");
    expect(await ask(["twice.csv", "--customer", domain, ...create, "--apply"])).toMatchObject({
      failedRows: "twice.failed-3.csv",
    });
    expect(await readFile(join(fixture.folder, "twice.failed.csv"), "utf8")).toBe("somebody else's");
    expect((await readdir(fixture.folder)).filter((name) => name.startsWith("twice.")).toSorted()).toEqual([
      "twice.csv",
      "twice.failed-2.csv",
      "twice.failed-3.csv",
      "twice.failed.csv",
    ]);
  });

  it("and --start-at the batch is left to its time", async () => {
    const { id, domain } = await app.makeCustomer();
    await fixture.put("later.csv", csvOf(domain, ["Ana"]));
    const later = ["--apply", "--start-at", "2999-01-01T00:00:00+01:00"];
    const told = await ask(["later.csv", "--customer", domain, ...create, ...later]);
    expect(told).toMatchObject({ exitCode: 0, batch: { state: "scheduled", startAt: "2998-12-31T23:00:00.000Z" } });
    expect(await usersOf(id)).toEqual([]);
  });

  it("a batch that somebody cancels ends with 1", async () => {
    const { id, domain } = await idle.makeCustomer();
    await fixture.put("cancelled.csv", csvOf(domain, ["Ana"]));
    const at = { MUSTER_URL: idle.url };
    const { batch } = await ask(["cancelled.csv", "--customer", id, ...create], at);
    await idle.apply(batch?.id ?? "");
    await idle.request(`/v1/batches/${batch?.id ?? ""}/cancel`, { method: "POST" });
    const told = await ask(["cancelled.csv", "--batch", batch?.id ?? "", "--wait"], at);
    expect(told).toMatchObject({ exitCode: 1, batch: { state: "cancelled", totals: { cancelled: 1 } } });
  });
});

it("with --wait and without --apply the command stays until somebody else has applied the plan", async () => {
  const { id, domain } = await app.makeCustomer();
  await fixture.put("waiting.csv", csvOf(domain, ["Ana"]));
  const { batch } = await ask(["waiting.csv", "--customer", domain, ...create]);
  const waiting = ask(["waiting.csv", "--batch", batch?.id ?? "", "--wait"]);
  await app.apply(batch?.id ?? "");
  expect(await waiting).toMatchObject({ exitCode: 0, batch: { state: "finished" } });
  expect(await usersOf(id)).toEqual(["Ana"]);
});

describe("the customer", () => {
  it("is found by its id, its exact name in any case, and each of its domains in any case", async () => {
    const { id, domain } = await app.makeCustomer();
    await fixture.put("who.csv", csvOf(domain, ["Ana"]));
    await app.request(`/v1/customers/${id}/domains`, { json: { name: `xn--mnchen-3ya.${domain}` } });
    const ways = [id, `CUSTOMER ${domain}`, domain.toUpperCase(), `München.${domain}`];
    const found: unknown[] = [];
    // One after the other: a key may send two files at a time.
    for (const who of ways) found.push((await ask(["who.csv", "--customer", who, ...create])).batch?.customerId);
    expect(found).toEqual([id, id, id, id]);
  });

  it("that is unknown, or that two have the name of, is asked back with those that were found", async () => {
    const { domain } = await app.makeCustomer();
    await fixture.put("whose.csv", csvOf(domain, ["Ana"]));
    const name = `Twins of ${domain}`;
    const ids = await Promise.all(
      ["one", "two"].map(async (part) => {
        const json = { name, domains: [`${part}.${domain}`] };
        return (await app.request<{ id: string }>("/v1/customers", { json })).body.id;
      }),
    );
    const two = await ask(["whose.csv", "--customer", name, ...create]);
    expect(two.exitCode).toBe(2);
    for (const id of ids) expect(two.problem?.detail).toContain(id);
    const near = await ask(["whose.csv", "--customer", "twins of", ...create]);
    expect(near.exitCode).toBe(2);
    expect(near.problem?.detail).toContain(`one.${domain}`);
    for (const who of ["nobody.example", "01890000-0000-7000-8000-000000000000"]) {
      const unknown = await ask(["whose.csv", "--customer", who, ...create]);
      expect(unknown.exitCode).toBe(2);
      expect(unknown.problem?.detail).toContain(who);
    }
  });
});

describe("a command that is wrong ends with 2:", () => {
  const whole = ["a.csv", "--customer", "contoso.example", ...create];
  const batch = ["a.csv", "--batch", "01890000-0000-7000-8000-000000000000"];
  it.each([
    ["no file", []],
    ["two files", [...whole, "b.csv"]],
    ["no customer", ["a.csv", ...create]],
    ["no operation", ["a.csv", "--customer", "contoso.example"]],
    ["an operation that does not exist", ["a.csv", "--customer", "contoso.example", "--operation", "drop-users"]],
    ["an option that does not exist", [...whole, "--quietly"]],
    ["an option without its value", [...whole, "--skus"]],
    ["a choice that does not exist", [...whole, "--on-deleted", "burn"]],
    ["a mapping that is no JSON", [...whole, "--mapping", "{Who: What}"]],
    ["a mapping that is not there", [...whole, "--mapping", "nowhere.json"]],
    ["a mapping to numbers", [...whole, "--mapping", '{"Who":1}']],
    ["a time without a zone", [...whole, "--apply", "--start-at", "2999-01-01T00:00:00"]],
    ["a time without --apply", [...whole, "--start-at", "2999-01-01T00:00:00Z"]],
    ["a batch that is none", ["a.csv", "--batch", "12"]],
    ["a batch with options that shape a plan", [...batch, "--skus", "SPE_E3"]],
    ["a plan's version without a batch", [...whole, "--plan-version", "1"]],
    ["a file that is not there", whole],
    ["a folder", [".", ...whole.slice(1)]],
    ["an address that is none", [...whole, "--server", "muster.example"]],
    ["an address with a password", [...whole, "--server", "https://admin:secret-of-mine@muster.example"]],
  ])("%s", async (_what, args) => {
    const told = await ask(args);
    expect(told).toMatchObject({ exitCode: 2, problem: { code: "usage" } });
    expect(told.err).not.toContain("secret-of-mine");
  });

  it("no API key, or one that cannot be sent, which is not repeated", async () => {
    expect(await ask(whole, { MUSTER_API_KEY: "" })).toMatchObject({ exitCode: 2 });
    const broken = await ask([...whole, "--api-key", "broken-in\ntwo-lines"]);
    expect(broken.exitCode).toBe(2);
    expect(broken.out + broken.err).not.toMatch(/broken-in|two-lines/);
  });

  it("a MUSTER_URL that is no address", async () => {
    const told = await ask(whole, { MUSTER_URL: "muster.example" });
    expect(told).toMatchObject({ exitCode: 2 });
    expect(told.problem?.detail).toContain("MUSTER_URL");
  });
});

describe("a refusal ends with 3:", () => {
  it("a file that is no spreadsheet, an empty one, and one that is too large", async () => {
    const { domain } = await app.makeCustomer();
    const send = (file: string) => ask([file, "--customer", domain, ...create]);
    await fixture.put("picture.csv", Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"));
    expect(await send("picture.csv")).toMatchObject({ exitCode: 3, problem: { code: "upload_not_text" } });
    await fixture.put("empty.csv", "");
    expect(await send("empty.csv")).toMatchObject({ exitCode: 3, problem: { code: "upload_empty" } });
    await fixture.put("large.csv", csvOf(domain, ["Ana"]).repeat(9_000_000 / 50));
    expect(await send("large.csv")).toMatchObject({ exitCode: 3, problem: { code: "body_too_large" } });
  });

  it("a file that is refused while it is still being sent", async () => {
    const { domain } = await app.makeCustomer();
    await fixture.put("wide.csv", `${"x,".repeat(3_000)}\n${"y,".repeat(3_000_000)}\n`);
    const told = await ask(["wide.csv", "--customer", domain, ...create]);
    expect(told).toMatchObject({ exitCode: 3, problem: { code: "too_many_columns" } });
  });

  it("a key that the server does not know", async () => {
    await fixture.put("key.csv", csvOf("contoso.example", ["Ana"]));
    const told = await ask(["key.csv", "--customer", "contoso.example", ...create, "--api-key", "a-key-of-nobody"]);
    expect(told).toMatchObject({ exitCode: 3, problem: { code: "unauthenticated" } });
    expect(told.out + told.err).not.toContain("a-key-of-nobody");
  });
});

describe("a server that is out of reach ends with 4:", () => {
  it("one that is not there", async () => {
    await fixture.put("far.csv", csvOf("contoso.example", ["Ana"]));
    const gone = await startBreakingProxy(app.url);
    await gone.close();
    const told = await ask(["far.csv", "--customer", "contoso.example", ...create, "--server", gone.url]);
    expect(told).toMatchObject({ exitCode: 4, problem: { code: "unreachable", status: 0 } });
  });

  it("one that answers every address with a page of its own", async () => {
    const other = createServer((_req, res) => res.setHeader("content-type", "text/html").end("<h1>It works</h1>"));
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    const told = await ask(["far.csv", "--customer", "contoso.example", ...create, "--server", url]);
    other.close();
    expect(told).toMatchObject({ exitCode: 4, problem: { code: "unreachable", status: 200 } });
  });
});

describe("a connection that breaks", () => {
  it("while the file is sent has it sent once more, and one batch comes of it", async () => {
    const { id, domain } = await app.makeCustomer();
    const people = Array.from({ length: 60_000 }, (_, at) => `Person${at}`);
    await fixture.put("broken.csv", csvOf(domain, people));
    proxy.breakNext("POST", { afterBytes: 1_000_000 });
    const before = proxy.broken();
    const told = await ask(["broken.csv", "--customer", domain, ...create, "--server", proxy.url]);
    expect(told).toMatchObject({ exitCode: 0, batch: { plan: { create: 60_000 } } });
    expect(proxy.broken()).toBe(before + 1);
    expect((await batchesOf(id)).filter(({ state }) => state === "ready")).toHaveLength(1);
  });

  it("when the plan is on its way back makes no second batch", async () => {
    const { id, domain } = await app.makeCustomer();
    await fixture.put("lost.csv", csvOf(domain, ["Ana", "Bob"]));
    proxy.breakNext("POST", { atAnswer: true });
    const before = proxy.broken();
    const told = await ask(["lost.csv", "--customer", domain, ...create, "--apply", "--server", proxy.url]);
    expect(told).toMatchObject({ exitCode: 0, batch: { totals: { succeeded: 2 } } });
    expect(proxy.broken()).toBe(before + 1);
    expect(await batchesOf(id)).toHaveLength(1);
  });

  it("when the batch was told to start does not start it twice", async () => {
    const { id, domain } = await app.makeCustomer();
    await fixture.put("started.csv", csvOf(domain, ["Ana", "Bob"]));
    const { batch } = await ask(["started.csv", "--customer", domain, ...create]);
    proxy.breakNext("POST", { atAnswer: true });
    const before = proxy.broken();
    const told = await ask(["started.csv", "--batch", batch?.id ?? "", "--apply", "--server", proxy.url]);
    expect(told).toMatchObject({ exitCode: 0, batch: { totals: { succeeded: 2 } } });
    expect(proxy.broken()).toBe(before + 1);
    expect(await usersOf(id)).toEqual(["Ana", "Bob"]);
  });
});

describe("Ctrl-C", () => {
  it("leaves the batch to the server, ends with 130 and says how to stay with it", async () => {
    const { id, domain } = await idle.makeCustomer();
    await fixture.put("left.csv", csvOf(domain, ["Ana", "Bob"]));
    const args = ["left.csv", "--customer", id, ...create, "--apply", "--server", idle.url];
    const end = await fixture.interrupt(args, /0 of 2 rows/);
    expect(end.code).toBe(130);
    const [batch] = (await idle.request<Page<Batch>>(`/v1/batches?customerId=${id}`)).body.items;
    expect(batch?.state).toBe("running");
    expect(end.err).toContain(`${idle.url}/batches/${batch?.id ?? ""}`);
    expect(end.err).toContain(`--batch ${batch?.id ?? ""} --wait`);
    expect(
      (
        await fixture.interrupt(
          ["left.csv", "--batch", batch?.id ?? "", "--wait", "--server", idle.url],
          /0 of 2/,
          "SIGTERM",
        )
      ).code,
    ).toBe(130);
  });

  it("while the file is sent changes nothing", async () => {
    const { id } = await idle.makeCustomer();
    await fixture.put("stopped.csv", csvOf("contoso.example", ["Ana"]));
    // A batch that waits for its plan to be applied has nothing under way.
    const end = await fixture.interrupt(
      ["stopped.csv", "--customer", id, ...create, "--wait", "--server", idle.url],
      /waits/,
    );
    expect(end.code).toBe(130);
    const [batch] = (await idle.request<Page<Batch>>(`/v1/batches?customerId=${id}`)).body.items;
    expect(batch?.state).toBe("ready");
  });
});

it("what a file holds cannot steer the terminal", async () => {
  const { domain } = await app.makeCustomer();
  await fixture.put("red\u001B[31m.csv", `Display name,User name\nAna,a\u001B[2Jna@${domain}\n`);
  const end = await fixture.run(["red\u001B[31m.csv", "--customer", domain, ...create]);
  expect(end.code).toBe(1);
  expect(end.out).not.toContain("\u001B");
});

it("--help tells the options and the exit codes, and needs neither a server nor a key", async () => {
  const end = await fixture.run(["--help"], { MUSTER_API_KEY: "", MUSTER_URL: "" });
  expect(end).toMatchObject({ code: 0, err: "" });
  for (const word of ["--customer", "--on-deleted", "MUSTER_API_KEY", "130"]) expect(end.out).toContain(word);
});
