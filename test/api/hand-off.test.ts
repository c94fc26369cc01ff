import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { json } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AuditRecord } from "../../contract/audit.ts";
import type { User } from "../../contract/user.ts";
import { addressToCount } from "../../core/limits/limit-attempts.ts";
import { sweep } from "../../core/housekeeping/sweep.ts";
import { parseCsv } from "../support/parse-csv.ts";
import { startApp, type TestApp } from "../support/app.ts";
import { startMailServer, type TestMailServer } from "../support/mail-server.ts";

let app: TestApp;
let mailServer: TestMailServer;
let customer: { id: string; domain: string };
beforeAll(async () => {
  mailServer = await startMailServer();
  app = await startApp({ mail: mailServer.mail });
  customer = await app.makeCustomer();
});
afterAll(async () => {
  await app.close();
  mailServer.close();
});

type HandedOff = { userPrincipalName: string; displayName: string; temporaryPassword: string };
type Made = { userId: string; url?: string; expiresAt: string; warnings?: { code: string }[] };

const chosen = "A password of my own 7";

/** Makes users and gives their batch, with the passwords that its download shows. */
async function make(...names: string[]): Promise<{ batchId: string; passwords: Map<string, string> }> {
  const lines = names.map((name) => `${name},Display ${name}`);
  const { id } = await app.upload(customer.id, `User name,Display name\n${lines.join("\n")}\n`, "&apply=true");
  await app.finished(id);
  const file = await app.request<string>(`/v1/batches/${id}/passwords`, { method: "POST" });
  const passwords = parseCsv(file.text)
    .slice(1)
    .map(([name = "", , password = ""]): [string, string] => [name.split("@")[0] ?? "", password]);
  return { batchId: id, passwords: new Map(passwords) };
}

async function makeOne(name: string): Promise<{ userId: string; name: string; password: string }> {
  const { passwords } = await make(name);
  const found = await app.request<{ items: User[] }>(`/v1/customers/${customer.id}/users?q=${name}`);
  const [user] = found.body.items;
  if (user === undefined) throw new Error(`there is no ${name}`);
  return { userId: user.id, name: user.userPrincipalName, password: passwords.get(name) ?? "" };
}

/** What an account hears that wants a new password: `done`, or the code of the refusal. */
async function choose(name: string, password: string, newPassword = chosen, again = newPassword): Promise<string> {
  const form = new URLSearchParams({ name, password, newPassword, newPasswordAgain: again }).toString();
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const answer = await app.request("/account", { key: null, csv: form, headers });
  expect(answer.status).toBe(303);
  const query = new URL(answer.headers.get("location") ?? "", app.url).searchParams;
  return query.has("done") ? "done" : (query.get("failed") ?? "");
}

const makeLink = (userId: string, options: object = {}) =>
  app.request<Made>(`/v1/customers/${customer.id}/users/${userId}/link`, { method: "POST", ...options });

/** The text of a mail whose long lines were folded on the way. */
function plain(text = ""): string {
  return text
    .replaceAll("=\r\n", "")
    .replaceAll(/=([0-9A-F]{2})/g, (_all, code: string) => String.fromCodePoint(Number.parseInt(code, 16)));
}

/** The part before the @ in each line of a file of passwords or links. */
function namesOf(lines: string[][]): (string | undefined)[] {
  return lines.map(([name = ""]) => name.split("@")[0]);
}

async function tokenFor(userId: string): Promise<string> {
  const { body } = await makeLink(userId);
  return new URL(body.url ?? "").hash.slice(1);
}

const open = (token: string) => app.refused("/link", { key: null, json: { token } });

async function opened(token: string): Promise<HandedOff> {
  const answer = await app.request<HandedOff>("/link", { key: null, json: { token } });
  expect(answer.status).toBe(200);
  return answer.body;
}

/** Every test has the tries of this address for itself. */
async function forgetTries(): Promise<void> {
  await app.db.sql`delete from attempts`;
}

/** As if whoever has tried at all had tried so many times. */
async function haveTried(times: number): Promise<void> {
  await app.db.sql`update attempts set count = ${times}`;
}

describe("the account page", () => {
  beforeAll(forgetTries);

  it("a password from the download signs in once, and afterwards the chosen one is the account's", async () => {
    const { name, password } = await makeOne("anna");
    expect(await choose(name, password)).toBe("done");
    expect(await choose(name, password, "Another of mine 8")).toBe("unauthenticated");
    expect(await choose(name.toUpperCase(), chosen, "Another of mine 8")).toBe("done");
    expect(await choose(name, chosen, "A third of mine 9")).toBe("unauthenticated");
  });

  it("two who use the same temporary password at once get in once", async () => {
    const { name, password } = await makeOne("twice");
    const both = await Promise.all([
      choose(name, password, "Mine and mine 1"),
      choose(name, password, "His and his 2"),
    ]);
    expect(both.toSorted()).toEqual(["done", "unauthenticated"]);
  });

  it("keeps the chosen password as a salted hash alone", async () => {
    const kept = await app.db.sql<{ hash: string }[]>`select hash from user_passwords`;
    expect(kept.length).toBeGreaterThan(1);
    for (const { hash } of kept) expect(hash).toMatch(/^scrypt\$32768\$8\$3\$[\w-]{22}\$[\w-]{43}$/);
    expect(new Set(kept.map(({ hash }) => hash)).size).toBe(kept.length);
  });

  it("tells nothing about why it refuses: unknown, wrong, expired, blocked and deleted are one answer", async () => {
    await forgetTries();
    const { sql } = app.db;
    const { userId, name, password } = await makeOne("refused");
    expect(await choose(`nobody@${customer.domain}`, password)).toBe("unauthenticated");
    expect(await choose(name, `${password}x`)).toBe("unauthenticated");
    await sql`update users set account_enabled = false where id = ${userId}`;
    expect(await choose(name, password)).toBe("unauthenticated");
    await sql`update users set account_enabled = true, deleted_at = now() where id = ${userId}`;
    expect(await choose(name, password)).toBe("unauthenticated");
    await sql`update users set deleted_at = null where id = ${userId}`;
    await sql`update temporary_passwords set expires_at = now() where user_id = ${userId}`;
    expect(await choose(name, password)).toBe("unauthenticated");
    await sql`update temporary_passwords set expires_at = now() + interval '1 day' where user_id = ${userId}`;
    expect(await choose(name, password)).toBe("done");
  });

  it("refuses a new password that breaks the rules, is the old one or is not repeated, and spends nothing", async () => {
    const { name, password } = await makeOne("rules");
    expect(await choose(name, password, "short 1")).toBe("password_invalid");
    expect(await choose(name, password, "only lower case")).toBe("password_invalid");
    expect(await choose(name, password, password)).toBe("password_invalid");
    expect(await choose(name, password, chosen, `${chosen}!`)).toBe("not_repeated");
    expect(await choose(name, password)).toBe("done");
  });

  it("a password from a reset signs in once, and neither the one chosen before nor the one reset does any more", async () => {
    await forgetTries();
    const { userId, name, password } = await makeOne("resets");
    const reset = async () =>
      await app.request<{ temporaryPassword: string }>(`/v1/customers/${customer.id}/users/${userId}/reset-password`, {
        json: {},
        headers: { prefer: "wait=10" },
      });
    const first = await reset();
    expect([first.status, first.headers.get("cache-control")]).toEqual([200, "no-store"]);
    expect(await choose(name, password)).toBe("unauthenticated");
    expect(await choose(name, first.body.temporaryPassword)).toBe("done");
    const second = (await reset()).body.temporaryPassword;
    for (const old of [chosen, first.body.temporaryPassword]) {
      expect(await choose(name, old, "Another of mine 8")).toBe("unauthenticated");
    }
    const token = await tokenFor(userId);
    expect((await opened(token)).temporaryPassword).toBe(second);
    expect(await choose(name, second, "Another of mine 8")).toBe("done");
    expect(await choose(name, second, "A third of mine 9")).toBe("unauthenticated");
    expect(await choose(name, "Another of mine 8", "A third of mine 9")).toBe("done");
  });

  it("a temporary password that came later ends the chosen one, also after it has expired unused", async () => {
    await forgetTries();
    const { userId, name, password } = await makeOne("reset");
    expect(await choose(name, password)).toBe("done");
    const { batchId } = await make("reset-other");
    const [sealed] = app.context.secrets.sealAll(["Reset-to-this-1"], [`user:${customer.id}:${userId}`]);
    await app.db.sql`insert into temporary_passwords (user_id, customer_id, batch_id, sealed, expires_at)
      values (${userId}, ${customer.id}, ${batchId}, ${sealed ?? Buffer.alloc(0)}, now() - interval '1 minute')`;
    expect(await choose(name, chosen, "Another of mine 8")).toBe("unauthenticated");
    await sweep(app.context, { keepRowsDays: 90 });
    expect(await choose(name, chosen, "Another of mine 8")).toBe("unauthenticated");
  });

  it("a name is tried ten times in a quarter of an hour, whether it exists or not, and then even the right one waits", async () => {
    const { name, password } = await makeOne("guessed");
    for (const who of [`nobody@${customer.domain}`, name]) {
      await forgetTries();
      expect(await choose(who, "A wrong guess 1")).toBe("unauthenticated");
      await haveTried(9);
      expect(await choose(who.toUpperCase(), "A wrong guess 1")).toBe("unauthenticated");
      expect(await choose(who, "A wrong guess 1")).toBe("rate_limited");
    }
    expect(await choose(name, password)).toBe("rate_limited");
    await app.db.sql`update attempts set until = now()`;
    expect(await choose(name, password)).toBe("done");
  });

  it("an address tries twenty times a minute, whatever the names", async () => {
    await forgetTries();
    expect(await choose(`n1@${customer.domain}`, "A wrong guess 1")).toBe("unauthenticated");
    await haveTried(19);
    const both = await Promise.all([2, 3].map((no) => choose(`n${no}@${customer.domain}`, "A wrong guess 1")));
    expect(both.toSorted()).toEqual(["rate_limited", "unauthenticated"]);
    await forgetTries();
  });

  it("both outcomes are in the audit, and no password is", async () => {
    const { userId, name, password } = await makeOne("audited");
    await choose(name, "A wrong guess 1");
    await choose(name, password);
    const { body } = await app.request<{ items: AuditRecord[] }>(
      `/v1/audit?userId=${userId}&operation=choose_password`,
    );
    expect(body.items.map(({ status }) => status)).toEqual(["succeeded", "refused"]);
    expect(JSON.stringify(body)).not.toMatch(/guess|of my own/);
    expect(JSON.stringify(body)).not.toContain(password);
  });

  it("is a form without any script, and another site cannot send it", async () => {
    const page = await app.request<string>("/account", { key: null });
    expect(page.text).toContain('<form method="post" action="/account">');
    expect(page.text).not.toContain("<script");
    expect(page.headers.get("cache-control")).toBe("no-store");
    const headers = { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "cross-site" };
    expect((await app.refused("/account", { key: null, csv: "name=a", headers })).body.code).toBe("cross_site");
  });
});

describe("a one-time link", () => {
  beforeAll(forgetTries);

  it("shows name and password once; what it shows signs in", async () => {
    const { userId, name, password } = await makeOne("linked");
    const token = await tokenFor(userId);
    expect(await opened(token)).toMatchObject({
      userPrincipalName: name,
      displayName: "Display linked",
      temporaryPassword: password,
    });
    expect((await open(token)).body.code).toBe("link_gone");
    expect(await choose(name, password)).toBe("done");
  });

  it("leads to Muster itself, whatever Host a caller names", async () => {
    const { userId } = await makeOne("elsewhere");
    const { port, hostname } = new URL(app.url);
    const headers = { host: "evil.example", authorization: `Bearer ${app.key}` };
    const path = `/v1/customers/${customer.id}/users/${userId}/link`;
    const asked = request({ port, hostname, path, method: "POST", headers }).end();
    const [answer] = (await once(asked, "response")) as [IncomingMessage];
    const { url } = (await json(answer)) as Made;
    expect(new URL(url ?? "").origin).toBe(app.url);
  });

  it("is opened by one of many at once", async () => {
    const { userId } = await makeOne("raced");
    const token = await tokenFor(userId);
    const answers = await Promise.all(Array.from({ length: 5 }, () => open(token)));
    expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(["200", "410", "410", "410", "410"]);
  });

  it("is not used up by a mail scanner that fetches it: the token is not even sent", async () => {
    const { userId, password } = await makeOne("scanned");
    const { url = "" } = (await makeLink(userId)).body;
    for (const method of ["GET", "HEAD", "GET"]) expect((await fetch(url, { method })).status).toBe(200);
    const { pathname, search, hash } = new URL(url);
    expect(pathname + search).toBe("/link");
    expect(await opened(hash.slice(1))).toMatchObject({ temporaryPassword: password });
  });

  it("ends when it expires, when another is made, when its password is used or replaced", async () => {
    await forgetTries();
    const { sql } = app.db;
    const { userId, name, password } = await makeOne("ended");
    const expired = await tokenFor(userId);
    await sql`update password_links set expires_at = now() where user_id = ${userId}`;
    expect((await open(expired)).body.code).toBe("link_gone");
    const earlier = await tokenFor(userId);
    const later = await tokenFor(userId);
    expect((await open(earlier)).body.code).toBe("link_gone");
    const { batchId } = await make("ended-other");
    await sql`update temporary_passwords set batch_id = ${batchId} where user_id = ${userId}`;
    expect((await open(later)).body.code).toBe("link_gone");
    const last = await tokenFor(userId);
    expect(await choose(name, password)).toBe("done");
    expect((await open(last)).body.code).toBe("link_gone");
    const none = await app.refused(`/v1/customers/${customer.id}/users/${userId}/link`, { method: "POST" });
    expect(none.body.code).toBe("passwords_expired");
  });

  it("that is guessed opens nothing, and guessing ends after thirty tries a minute", async () => {
    await forgetTries();
    const codes = await Promise.all(Array.from({ length: 31 }, async (_, at) => (await open(`guess-${at}`)).body.code));
    expect(codes.filter((code) => code === "link_gone")).toHaveLength(30);
    const answer = await open("guess");
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    await forgetTries();
  });

  it("is kept as a hash, lasts no longer than its password, and is made once for an Idempotency-Key", async () => {
    const { userId } = await makeOne("kept");
    const headers = { "idempotency-key": "one-link-for-kept" };
    const first = await makeLink(userId, { headers, json: { expiresInHours: 168 } });
    const again = await makeLink(userId, { headers, json: { expiresInHours: 168 } });
    expect(first.status).toBe(201);
    expect(again.body).toEqual({ userId, expiresAt: first.body.expiresAt });
    const token = new URL(first.body.url ?? "").hash.slice(1);
    expect(Buffer.from(token, "base64url")).toHaveLength(32);
    const [kept] = await app.db.sql<{ link: string; lasts: boolean }[]>`
      select link::text as link, link.expires_at <= secret.expires_at as lasts
      from password_links link join temporary_passwords secret using (user_id) where user_id = ${userId}`;
    expect(kept?.lasts).toBe(true);
    expect(kept?.link).not.toContain(token);
    expect(kept?.link).not.toContain(Buffer.from(token, "base64url").toString("hex"));
  });

  it("is made for each user of a batch, as a file of names and links to forward", async () => {
    await forgetTries();
    const { batchId, passwords } = await make("many1", "many2", "many3");
    const answer = await app.request<string>(`/v1/batches/${batchId}/links`, { method: "POST" });
    const [header, ...lines] = parseCsv(answer.text);
    expect(header).toEqual(["Username", "Display name", "Link", "Expires at (UTC)"]);
    expect(lines).toHaveLength(3);
    for (const [name = "", displayName, link = ""] of lines) {
      const local = name.split("@")[0] ?? "";
      const shown = await opened(new URL(link).hash.slice(1));
      expect(shown).toMatchObject({ userPrincipalName: name, displayName, temporaryPassword: passwords.get(local) });
    }
    const { body } = await app.request<{ items: AuditRecord[] }>(`/v1/audit?batchId=${batchId}`);
    const acts = body.items.filter(({ operation }) => operation.includes("link"));
    expect(acts.map(({ operation }) => operation)).toEqual([
      ...Array.from({ length: 3 }, () => "open_password_link"),
      "make_password_links",
    ]);
    expect(acts.at(-1)?.after).toEqual({ links: 3, hours: 72 });
  });

  it("is made for some rows of a batch only, those that a filter names, and so are their passwords given", async () => {
    await forgetTries();
    const small = await app.makeCustomer([{ skuPartNumber: "SPE_E3", total: 1 }]);
    const csv = "User name,Display name,Usage location,Licenses\nfull,Full,SE,SPE_E3\nshort,Short,SE,SPE_E3\n";
    const batch = await app.finished((await app.upload(small.id, csv, "&apply=true")).id);
    expect(batch.totals).toMatchObject({ succeeded: 1, partial: 1 });
    const given = async (part: "links" | "passwords", filter: object) => {
      const answer = await app.request<string>(`/v1/batches/${batch.id}/${part}`, { json: filter });
      return parseCsv(answer.text).slice(1);
    };
    const all = await given("links", {});
    const some = await given("links", { state: "partial" });
    expect([namesOf(all), namesOf(some)]).toEqual([["full", "short"], ["short"]]);
    expect(namesOf(await given("passwords", { code: "seat_shortage" }))).toEqual(["short"]);
    // The link of the other person, made before, opens still; that of this one was replaced.
    const tokens = [...all, ...some].map(([, , link = ""]) => new URL(link).hash.slice(1));
    expect((await open(tokens[1] ?? "")).body.code).toBe("link_gone");
    expect((await opened(tokens[0] ?? "")).displayName).toBe("Full");
    expect((await opened(tokens[2] ?? "")).displayName).toBe("Short");
    const { body } = await app.request<{ items: AuditRecord[] }>(`/v1/audit?batchId=${batch.id}`);
    const made = body.items.filter(({ operation }) => operation === "make_password_links");
    expect(made.map(({ after }) => after)).toEqual([
      { links: 1, hours: 72 },
      { links: 2, hours: 72 },
    ]);
    const none = await app.refused(`/v1/batches/${batch.id}/links`, { json: { state: "failed" } });
    expect(none.body.code).toBe("passwords_expired");
  });

  it("is mailed where that is asked for, and shown as well, also where the mail server refuses", async () => {
    await forgetTries();
    const { userId, name, password } = await makeOne("mailed");
    const { body } = await makeLink(userId, { json: { mailTo: "ana@home.example" } });
    expect(body).not.toHaveProperty("warnings");
    const [mail] = mailServer.mails.splice(0);
    expect(mail).toMatchObject({ from: "muster@partner.example", to: ["ana@home.example"] });
    const text = plain(mail?.text);
    expect(text).toContain(`of Display mailed (${name}), once, until `);
    expect(text).toContain(body.url);
    expect((await opened(new URL(body.url ?? "").hash.slice(1))).temporaryPassword).toBe(password);

    const refused = await makeLink(userId, { json: { mailTo: "nobody@home.example" } });
    expect(refused.body.warnings).toMatchObject([{ code: "mail_failed" }]);
    expect((await opened(new URL(refused.body.url ?? "").hash.slice(1))).temporaryPassword).toBe(password);
    expect(mailServer.mails).toEqual([]);

    const records = await app.request<{ items: AuditRecord[] }>(`/v1/audit?userId=${userId}`);
    const mailed = records.body.items.filter(({ operation }) => operation === "mail_password_links");
    expect(mailed.map(({ after }) => after)).toEqual([{ links: 1 }]);
    expect(records.text).not.toContain("home.example");
  });

  it("is mailed with those of a whole batch to one address, once for a key, or to nobody", async () => {
    await forgetTries();
    const { batchId, passwords } = await make("post1", "post2");
    const path = `/v1/batches/${batchId}/mailed-links`;
    const asked = { mailTo: "it@fabrikam.example", expiresInHours: 24 };
    const headers = { "idempotency-key": "mailed-once" };
    const file = await app.request<string>(`/v1/batches/${batchId}/links`, { method: "POST" });
    const earlier = parseCsv(file.text)
      .slice(1)
      .map(([, , link = ""]) => new URL(link).hash.slice(1));
    const failing = { json: { mailTo: "nobody@fabrikam.example" }, headers: { "idempotency-key": "mailed-to-nobody" } };
    const failures = [await app.refused(path, failing), await app.refused(path, failing)];
    for (const { body } of failures) {
      expect(body).toMatchObject({
        code: "mail_failed",
        detail: expect.stringContaining("made before open") as string,
      });
    }
    expect((await opened(earlier[0] ?? "")).temporaryPassword).toBe(passwords.get("post1"));
    expect((await app.request(path, { json: asked, headers })).status).toBe(204);
    expect((await open(earlier[1] ?? "")).body.code).toBe("link_gone");
    expect((await app.refused(path, { json: asked, headers })).body.code).toBe("link_gone");
    const mails = mailServer.mails.splice(0);
    expect(mails).toMatchObject([{ to: ["it@fabrikam.example"] }]);
    const tokens = [...plain(mails[0]?.text).matchAll(/#(\S+)/g)].map(([, token = ""]) => token);
    const shown = [];
    for (const token of tokens) shown.push((await opened(token)).temporaryPassword);
    expect(shown).toEqual([...passwords.values()]);
    const records = await app.request<{ items: AuditRecord[] }>(`/v1/audit?batchId=${batchId}`);
    const acts = records.body.items.filter(({ operation }) => operation === "mail_password_links");
    expect(acts.map(({ after }) => after)).toEqual([{ links: 2 }]);
  });

  it("its page allows no script but our own file, which writes nothing as HTML", async () => {
    const page = await app.request<string>("/link", { key: null });
    expect(page.headers.get("content-security-policy")).toContain("script-src 'self';");
    expect(page.text.match(/<script[^>]*>[^<]*/g)).toEqual(['<script src="/link.js">']);
    const script = await app.request<string>("/link.js", { key: null });
    expect(script.headers.get("content-type")).toContain("text/javascript");
    expect(script.text).not.toMatch(/innerHTML|document\.write|eval/);
  });
});

describe("an address that is counted", () => {
  it("is of IPv6 the first half", async () => {
    expect(addressToCount("2001:db8:1:2:3:4:5:6")).toBe("2001:db8:1:2");
    expect(addressToCount("2001:db8::6")).toBe("2001:db8:0:0");
    expect(addressToCount("::1")).toBe("0:0:0:0");
    expect(addressToCount("::ffff:192.0.2.7")).toBe("192.0.2.7");
    expect(addressToCount("192.0.2.7")).toBe("192.0.2.7");
  });
});
