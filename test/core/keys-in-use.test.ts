import { afterEach, beforeEach, expect, test } from "vitest";
import { forgetOtherKeys, isNewestKey, matchSecretKey } from "../../core/secrets/keys-in-use.ts";
import { openSecrets } from "../../core/secrets/secrets.ts";
import { freshDatabase, type FreshDatabase } from "../support/fresh-database.ts";

const [first, second, third] = ["first", "second", "third"].map(
  (name) => `the ${name} secret key, 32 letters and more`,
);

let fresh: FreshDatabase;

beforeEach(async () => {
  fresh = await freshDatabase();
});
afterEach(() => fresh.drop());

const start = (key?: string, previous?: string) => matchSecretKey(fresh.db, openSecrets(key ?? "", previous));
const wrong = /^MUSTER_SECRET_KEY is not the key that this database is sealed under.*MUSTER_SECRET_KEY_PREVIOUS/;
const unfinished = /^The secret key is being changed, and not everything is sealed with the new key yet/;

test("a database takes the key that it was first used with, and no other", async () => {
  await Promise.all([1, 2, 3].map(() => start(first)));
  await start(first);
  await expect(start(second)).rejects.toThrow(wrong);
  await expect(start(second, third)).rejects.toThrow(/^Neither MUSTER_SECRET_KEY nor MUSTER_SECRET_KEY_PREVIOUS/);
  await start(first);
});

test("while the key is being changed, no process starts without both, whichever it takes for the new one", async () => {
  await start(first);
  await start(second, first);
  for (const keys of [[first], [second], [third, second], [third, first]]) {
    await expect(start(...keys)).rejects.toThrow(unfinished);
  }
  await start(second, first);
  await forgetOtherKeys(fresh.db, openSecrets(second ?? "", first));
  await expect(start(first)).rejects.toThrow(wrong);
  await start(second);
  await start(third, second);
});

test("a change is undone by starting with the keys the other way round, and the process of before gives way", async () => {
  const [changing, undoing] = [openSecrets(second ?? "", first), openSecrets(first ?? "", second)];
  await start(first);
  await matchSecretKey(fresh.db, changing);
  expect(await isNewestKey(fresh.db, changing)).toBe(true);
  await matchSecretKey(fresh.db, undoing);
  expect([await isNewestKey(fresh.db, changing), await isNewestKey(fresh.db, undoing)]).toEqual([false, true]);
  expect(await forgetOtherKeys(fresh.db, changing)).toBe(false);
  expect(await forgetOtherKeys(fresh.db, undoing)).toBe(true);
  await start(first);
});

test("a key that is known beforehand changes nothing: every process can learn it before one seals under it", async () => {
  await start(first);
  await start(first, second);
  await start(first);
  await start(first, second);
  await start(second, first);
  await expect(start(first)).rejects.toThrow(unfinished);
});
