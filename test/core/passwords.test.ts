import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { newId } from "../../db/new-id.ts";
import { temporaryPassword, writePasswords } from "../../core/passwords/write-passwords.ts";
import { admin, openTestCore, people, person, refusal, upn, type TestCore } from "./test-core.ts";

let core: TestCore;

beforeAll(async () => {
  core = await openTestCore();
});
afterEach(() => core.resetClock());
afterAll(() => core.close());

async function download(batchId: string): Promise<string> {
  let text = "";
  for await (const piece of await writePasswords(core.context, admin, batchId)) text += piece;
  return text;
}

async function downloads(batchId: string): Promise<object[]> {
  return await core.context.db.sql<object[]>`
    select actor_id as "actorId", customer_id as "customerId", after from audit
    where batch_id = ${batchId} and operation = 'download_passwords'`;
}

test("the list has a line for each new user, in the order of the file, with the password that opens", async () => {
  const tenant = await core.makeCustomer();
  await core.provision(tenant, [person("old")]);
  const batch = await core.provision(tenant, [
    person("zoe", { displayName: "Zoë, the first" }),
    person("old"),
    person("x@unverified.example"),
    person("adam", { displayName: "=1+1", password: "Winter-ade-2031" }),
  ]);
  const [bom, ...lines] = (await download(batch.id)).split(/(?<=\uFEFF)|\r\n/);
  expect(bom).toBe("\uFEFF");
  const [zoe, adam] = [await core.user(tenant, "zoe"), await core.user(tenant, "adam")];
  const [kept] = await core.context.db.sql<{ expiresAt: Date }[]>`
    select expires_at as "expiresAt" from temporary_passwords where user_id = ${zoe.id}`;
  const expiry = kept?.expiresAt.toISOString();
  expect(lines).toEqual([
    "Username,Display name,Temporary password,Expires at (UTC)",
    `${upn(tenant, "zoe")},"Zoë, the first",${await temporaryPassword(core.context, zoe.id)},${expiry}`,
    `${upn(tenant, "adam")},'=1+1,Winter-ade-2031,${expiry}`,
    "",
  ]);
  expect(adam.state).toBe("active");
});

test("the list comes as often as it is asked for, and each time is on record without a password", async () => {
  const tenant = await core.makeCustomer();
  const batch = await core.provision(tenant, people(3));
  const first = await download(batch.id);
  expect(await download(batch.id)).toBe(first);
  const record = { actorId: admin.id, customerId: tenant.id, after: { passwords: 3 } };
  expect(await downloads(batch.id)).toEqual([record, record]);
});

test("the record is made before the first byte leaves", async () => {
  const tenant = await core.makeCustomer();
  const batch = await core.provision(tenant, people(1));
  await writePasswords(core.context, admin, batch.id);
  expect(await downloads(batch.id)).toHaveLength(1);
});

test("after seven days the passwords are gone, and a try leaves no record", async () => {
  const tenant = await core.makeCustomer();
  const batch = await core.provision(tenant, people(1));
  core.passDays(6.99);
  expect(await download(batch.id)).toContain(upn(tenant, "u1"));
  core.passDays(0.02);
  expect(await refusal(download(batch.id))).toBe("passwords_expired");
  expect(await downloads(batch.id)).toHaveLength(1);
});

test("a password lives for seven days from the moment that its user was made", async () => {
  const tenant = await core.makeCustomer();
  core.passDays(30);
  const batch = await core.provision(tenant, people(1));
  core.passDays(6.9);
  expect(await download(batch.id)).toContain(upn(tenant, "u1"));
});

test("a batch that made nobody has no passwords", async () => {
  const tenant = await core.makeCustomer();
  await core.provision(tenant, people(2));
  const batch = await core.provision(tenant, people(2));
  expect(await refusal(download(batch.id))).toBe("passwords_expired");
  expect(await refusal(download(newId()))).toBe("not_found");
});

test("a user deleted meanwhile is left out of the list", async () => {
  const tenant = await core.makeCustomer();
  const batch = await core.provision(tenant, people(2));
  await core.deleteUser(tenant, "u1");
  const list = await download(batch.id);
  expect(list).not.toContain(upn(tenant, "u1"));
  expect(list).toContain(upn(tenant, "u2"));
});

test("a list longer than a page is whole", async () => {
  const tenant = await core.makeCustomer();
  const batch = await core.provision(tenant, people(2100));
  const lines = (await download(batch.id)).trimEnd().split("\r\n").slice(1);
  expect(lines.map((line) => line.split("@")[0])).toEqual(people(2100).map((user) => user.userPrincipalName));
  expect(new Set(lines.map((line) => line.split(",")[2])).size).toBe(2100);
});
