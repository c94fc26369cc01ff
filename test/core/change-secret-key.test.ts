import { Client } from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { CoreContext } from "../../core/context.ts";
import { choosePassword } from "../../core/passwords/choose-password.ts";
import { temporaryPassword, writePasswords } from "../../core/passwords/write-passwords.ts";
import { matchSecretKey } from "../../core/secrets/keys-in-use.ts";
import { resealPasswords } from "../../core/secrets/reseal-passwords.ts";
import { openSecrets } from "../../core/secrets/secrets.ts";
import { startResealing } from "../../core/secrets/start-resealing.ts";
import { listen } from "../../db/listen.ts";
import { openDatabase } from "../../db/open-database.ts";
import { coreKey } from "../support/core-context.ts";
import { eventually } from "../support/eventually.ts";
import { runBatch } from "../support/run-batch.ts";
import { applyBatch } from "../../core/batches/run/apply-batch.ts";
import { admin, openTestCore, people, person, upn, type TestCore, type TestTenant } from "./test-core.ts";

const newKey = "the secret key that takes its place, 32 letters and more";

let core: TestCore;
let tenant: TestTenant;
/** What a process has that was started with both keys, and one with the new key alone. */
let both: CoreContext;
let after: CoreContext;
const opened: (() => Promise<void>)[] = [];

beforeEach(async () => {
  core = await openTestCore();
  tenant = await core.makeCustomer();
  await matchSecretKey(core.context.db, core.context.secrets);
  both = { ...core.context, secrets: openSecrets(newKey, coreKey) };
  after = { ...core.context, secrets: openSecrets(newKey) };
});
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
  await core.close();
});

function reseal(): void {
  const resealing = startResealing(both, async () => ({ resealed: 0, lost: 0 }));
  opened.unshift(() => resealing.close());
}

/** A connection in a transaction that has run `text`. */
async function hold(text: string, values: unknown[] = []): Promise<Client> {
  const client = new Client({ connectionString: core.context.db.url });
  await client.connect();
  opened.unshift(() => client.end());
  await client.query("begin");
  await client.query(text, values);
  return client;
}

const underOldKey = async (table: "rows" | "temporary_passwords"): Promise<number> => {
  const [counted] = await core.context.db.sql<{ rows: number }[]>`
    select count(*)::int as rows from (
      select 'rows' as place, sealed from rows union all select 'temporary_passwords', sealed from temporary_passwords
    ) every where place = ${table} and encode(substr(sealed, 1, 4), 'hex') = ${core.context.secrets.keyId}`;
  return counted?.rows ?? 0;
};

const keysInUse = async () => {
  const [kept] = await core.context.db.sql<{ value: string }[]>`
    select value from installation where name = 'secret-key'`;
  return kept?.value.split(" ");
};

const isChanged = () =>
  eventually(async () => expect(await keysInUse()).toEqual([after.secrets.fingerprint]), { timeoutMs: 30_000 });

const passwordOf = async (context: CoreContext, name: string) =>
  temporaryPassword(context, (await core.user(tenant, name)).id);

async function download(context: CoreContext, batchId: string): Promise<string> {
  let text = "";
  for await (const piece of await writePasswords(context, admin, batchId)) text += piece;
  return text;
}

const given = (no: number) => `Winter-ade-${10_000 + no}`;

test("passwords of users, and of rows that wait, open before, during and after the key is changed", async () => {
  const made = await core.provision(tenant, [person("ann"), person("bob", { password: given(0) })]);
  const rows = people(2_300).map((row, at) => ({ ...row, password: given(at + 1) }));
  const waiting = await core.plan(tenant, rows);
  const before = await download(core.context, made.id);
  const bob = (await core.user(tenant, "bob")).id;
  const client = await hold(
    `select from (select user_id from temporary_passwords where user_id = $1 for update) one,
       (select row_no from rows where batch_id = $2 and row_no in (7, 1500) for update) two`,
    [bob, waiting.id],
  );

  await matchSecretKey(both.db, both.secrets);
  reseal();
  await eventually(async () =>
    expect([await underOldKey("temporary_passwords"), await underOldKey("rows")]).toEqual([1, 2]),
  );
  expect(await keysInUse()).toEqual([core.context.secrets.fingerprint, after.secrets.fingerprint]);
  expect(await download(both, made.id)).toBe(before);

  await client.query("rollback");
  await isChanged();
  expect([await underOldKey("temporary_passwords"), await underOldKey("rows")]).toEqual([0, 0]);
  expect(await download(after, made.id)).toBe(before);
  await applyBatch(after, admin, waiting.id);
  expect((await runBatch(after, waiting.id)).totals).toMatchObject({ succeeded: 2_300 });
  for (const no of [1, 7, 1000, 1001, 1500, 2300]) expect(await passwordOf(after, `u${no}`)).toBe(given(no));
  await expect(matchSecretKey(core.context.db, core.context.secrets)).rejects.toThrow("MUSTER_SECRET_KEY");
});

test("what a transaction read before and writes back after is sealed anew too, and the old key counts until then", async () => {
  const waiting = await core.plan(tenant, [person("ann", { password: given(1) })]);
  const client = await hold("select from batches where id = $1 for update", [waiting.id]);
  const { rows } = await client.query<{ sealed: Buffer }>("select sealed from rows where batch_id = $1", [waiting.id]);
  await matchSecretKey(both.db, both.secrets);
  reseal();
  await eventually(async () => expect(await underOldKey("rows")).toBe(0));
  await client.query("update rows set sealed = $2 where batch_id = $1", [waiting.id, rows[0]?.sealed]);
  await client.query("commit");
  expect(await keysInUse()).toHaveLength(2);
  await isChanged();
  await applyBatch(after, admin, waiting.id);
  await runBatch(after, waiting.id);
  expect(await passwordOf(after, "ann")).toBe(given(1));
});

test("several processes change the key at once, broken off and begun again, and nothing is lost", async () => {
  const rows = people(3_000).map((row, at) => ({ ...row, password: given(at + 1) }));
  const waiting = await core.plan(tenant, rows);
  await matchSecretKey(both.db, both.secrets);
  const stop = new AbortController();
  const broken = resealPasswords(both, stop.signal);
  stop.abort();
  await expect(broken).rejects.toMatchObject({ name: "AbortError" });
  expect(await underOldKey("rows")).toBeGreaterThan(0);
  for (let process = 0; process < 3; process++) reseal();
  await isChanged();
  await applyBatch(after, admin, waiting.id);
  expect((await runBatch(after, waiting.id)).totals).toMatchObject({ succeeded: 3_000 });
  const passwords = (await download(after, waiting.id)).split("\r\n").slice(1, -1);
  expect(passwords.map((line) => line.split(",")[2])).toEqual(rows.map(({ password }) => password));
});

test("the old key counts as long as a process is at work that seals under it, or does not say under which", async () => {
  const waiting = await core.plan(tenant, [person("ann", { password: given(1) })]);
  const { url } = core.context.db;
  await matchSecretKey(both.db, both.secrets);
  const late = async (keyFingerprint?: string) => {
    const db = openDatabase(url, {
      role: "worker",
      poolSize: 1,
      log: core.context.log,
      ...(keyFingerprint === undefined ? {} : { keyFingerprint }),
    });
    opened.push(() => db.close());
    return await listen(db, {}, () => {});
  };
  const listeners = [await late(core.context.secrets.fingerprint), await late(), await late(after.secrets.fingerprint)];
  opened.unshift(() => listeners.at(-1)!.close());
  const told: string[] = [];
  both = {
    ...both,
    log: Object.assign(Object.create(both.log), { warn: (text: unknown) => told.push(String(text)) }),
  };
  reseal();
  for (const listener of listeners.slice(0, 2)) {
    await eventually(() => expect(told).toHaveLength(1));
    expect(await keysInUse()).toHaveLength(2);
    await listener.close();
  }
  await isChanged();
  expect(await underOldKey("rows")).toBe(0);
  expect((await core.batch(waiting.id)).state).toBe("ready");
});

test("a password that is used while it is sealed anew lets its account in, once", async () => {
  await core.provision(tenant, [person("ann", { password: given(1) })]);
  const { id } = await core.user(tenant, "ann");
  const client = await hold("select from users where id = $1 for update", [id]);
  await matchSecretKey(both.db, both.secrets);
  const choice = { name: upn(tenant, "ann"), password: given(1), newPassword: "Spring-ade-2031", address: "10.0.0.1" };
  const chosen = choosePassword(both, choice);
  await eventually(async () => {
    const [waiting] = await core.context.db.sql<{ any: boolean }[]>`
      select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock') as any`;
    return waiting?.any === true;
  });
  expect(await resealPasswords(both)).toEqual({ resealed: 2, lost: 0 });
  await client.query("commit");
  await chosen;
  await expect(choosePassword(both, choice)).rejects.toMatchObject({ code: "unauthenticated" });
});

test("what opens under neither key is left as it is and keeps nothing from its end", async () => {
  await core.provision(tenant, [person("ann"), person("bob")]);
  const { id } = await core.user(tenant, "bob");
  await core.context.db.sql`update temporary_passwords set sealed = substr(sealed, 1, 20) where user_id = ${id}`;
  await matchSecretKey(both.db, both.secrets);
  expect(await resealPasswords(both)).toEqual({ resealed: 1, lost: 1 });
  expect(await resealPasswords(both)).toEqual({ resealed: 0, lost: 1 });
  reseal();
  await isChanged();
});

test("no table has bytes that a change of the key does not know of", async () => {
  const columns = await core.context.db.sql<{ name: string }[]>`
    select table_name || '.' || column_name as name from information_schema.columns
    where table_schema = 'public' and data_type = 'bytea' order by 1`;
  // The hash of a link's token needs no key.
  expect(columns.map(({ name }) => name)).toEqual([
    "password_links.token_hash",
    "rows.sealed",
    "temporary_passwords.sealed",
    "webhooks.sealed",
  ]);
});
