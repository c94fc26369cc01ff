import { Client as Postgres } from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Client } from "../support/client.ts";
import { type CookieJar, cookieJar } from "../support/cookie-jar.ts";
import { eventually } from "../support/eventually.ts";
import type { MusterProcess } from "../support/processes.ts";
import { freshTotpCode } from "../support/totp.ts";
import { openInstallation, type Installation } from "./installation.ts";

vi.setConfig({ testTimeout: 360_000, hookTimeout: 180_000 });

const oldKey = { MUSTER_SECRET_KEY: "the secret key of before, of 32 letters and more" };
const newKey = { MUSTER_SECRET_KEY: "the secret key from now on, of 32 letters and more" };
const bothKeys = { ...newKey, MUSTER_SECRET_KEY_PREVIOUS: oldKey.MUSTER_SECRET_KEY };
const canGo = /All is sealed under MUSTER_SECRET_KEY: MUSTER_SECRET_KEY_PREVIOUS can be taken away/;

let installation: Installation;

beforeAll(async () => {
  installation = await openInstallation();
});
afterAll(() => installation.close());

const admin = { email: "admin@muster.example", password: "correct horse battery" };

const send = (browser: CookieJar, address: string, path: string, json: object) =>
  browser.request(`${address}/api/auth${path}`, { json });

const isSignedIn = async (browser: CookieJar, address: string) =>
  (await browser.request(`${address}/v1/me`)).status === 200;

/** Signs the first agent in by password and a second factor, and gives its browser. */
async function signIn(address: string, factor: "totp" | "backup-code", code: string): Promise<CookieJar> {
  const browser = cookieJar();
  expect((await send(browser, address, "/sign-in/email", admin)).status).toBe(200);
  expect(await isSignedIn(browser, address)).toBe(false);
  expect((await send(browser, address, `/two-factor/verify-${factor}`, { code })).status).toBe(200);
  expect(await isSignedIn(browser, address)).toBe(true);
  return browser;
}

/** Sets up an authenticator app for the first agent. */
async function setUpTwoFactor(address: string) {
  const browser = cookieJar();
  await send(browser, address, "/sign-in/email", admin);
  const answer = await send(browser, address, "/two-factor/enable", { password: admin.password });
  const { totpURI, backupCodes } = (await answer.json()) as { totpURI: string; backupCodes: string[] };
  expect((await send(browser, address, "/two-factor/verify-totp", { code: freshTotpCode(totpURI) })).status).toBe(200);
  return { browser, totpURI, backupCodes };
}

const csv = (domain: string, name: string, count: number) =>
  `User principal name,Display name,Password\n${Array.from({ length: count }, (_, at) => `${name}.${at}@${domain},${name} ${at},Winter-ade-${1000 + at}\n`).join("")}`;

const passwords = async (client: Client, batchId: string) =>
  ((await client.ok(`/v1/batches/${batchId}/passwords`, { method: "POST" })) as string).match(/Winter-ade-\d+/g) ?? [];

/** Keeps the seals of a batch's users from being replaced, until the key given back is turned. */
async function holdPasswords(batchId: string): Promise<() => Promise<void>> {
  const client = new Postgres({ connectionString: installation.db.url });
  await client.connect();
  await client.query("begin");
  await client.query("select from temporary_passwords where batch_id = $1 for share", [batchId]);
  return () => client.end();
}

const seals = async (batchId: string) => {
  const found = await installation.db.sql<{ id: string }[]>`
    select encode(substr(sealed, 1, 4), 'hex') as id from rows where batch_id = ${batchId}`;
  return new Set(found.map(({ id }) => id));
};

const refused = (more: Record<string, string>, sentence: RegExp) =>
  expect(installation.startApi(more)).rejects.toThrow(sentence);

async function stop(...processes: MusterProcess[]): Promise<void> {
  await Promise.all(processes.map((one) => one.kill("SIGTERM")));
}

test("the secret key is changed while a batch waits and a process is killed: nothing is lost, nobody is locked out", async () => {
  const [first, firstWorker] = await Promise.all([installation.startApi(oldKey), installation.startWorker(oldKey)]);
  const { browser: early, totpURI, backupCodes } = await setUpTwoFactor(first.address);
  const { id: customerId, domain } = await first.client.makeCustomer();
  const made = await first.client.upload(customerId, csv(domain, "made", 30), "&apply=true");
  await first.client.finished(made.id);
  const waiting = await first.client.upload(customerId, csv(domain, "waiting", 2_500));
  const before = await passwords(first.client, made.id);
  expect(before).toHaveLength(30);
  const [oldSeal] = await seals(waiting.id);
  await stop(first, firstWorker);
  await refused(newKey, /MUSTER_SECRET_KEY is not the key that this database is sealed under/);

  const release = await holdPasswords(made.id);
  const during = await installation.startApi(bothKeys);
  await eventually(async () => expect([...(await seals(waiting.id))]).not.toContain(oldSeal), { timeoutMs: 90_000 });
  expect(await isSignedIn(early, during.address)).toBe(true);
  const late = await signIn(during.address, "totp", freshTotpCode(totpURI));
  expect(await passwords(during.client, made.id)).toEqual(before);
  expect(during.output()).not.toMatch(canGo);
  await during.kill("SIGKILL");
  await release();
  for (const alone of [oldKey, newKey]) await refused(alone, /The secret key is being changed/);

  const [again, worker] = await Promise.all([installation.startApi(bothKeys), installation.startWorker(bothKeys)]);
  await eventually(() => expect(again.output()).toMatch(canGo), { timeoutMs: 90_000 });
  await stop(again, worker);
  await refused(oldKey, /MUSTER_SECRET_KEY is not the key that this database is sealed under/);

  const [after, lastWorker] = await Promise.all([installation.startApi(newKey), installation.startWorker(newKey)]);
  expect(await passwords(after.client, made.id)).toEqual(before);
  await after.client.act(waiting.id, "apply");
  expect((await after.client.finished(waiting.id)).totals).toMatchObject({ succeeded: 2_500 });
  expect((await passwords(after.client, waiting.id)).slice(0, 3)).toEqual(before.slice(0, 3));
  expect([await isSignedIn(late, after.address), await isSignedIn(early, after.address)]).toEqual([true, false]);
  await signIn(after.address, "backup-code", backupCodes[0] ?? "");
  await stop(after, lastWorker);
});
