import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makePasswords } from "../../core/secrets/make-passwords.ts";
import { keptSecretKey, purposeKey } from "../../core/secrets/secret-key.ts";
import { openSecrets, rowOwner, userOwner } from "../../core/secrets/secrets.ts";
import { checkPassword } from "../../files/rows/check-password.ts";

const secrets = openSecrets("one secret key of 32 letters and more, for tests");
const others = openSecrets("another secret key of 32 letters and more, for tests");

function sealOne(text: string, owner: string): Buffer {
  const [sealed] = secrets.sealAll([text], [owner]);
  if (sealed === undefined) throw new Error("nothing was sealed");
  return sealed;
}

let dir: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "muster-key-"));
});
afterAll(async () => {
  await rm(dir, { recursive: true });
});

test("what was sealed opens for its owner, whatever it is", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }))), (pairs) => {
      const owners = pairs.map(([, owner]) => owner);
      const sealed = secrets.sealAll(
        pairs.map(([text]) => text),
        owners,
      );
      expect(sealed.map((one, at) => secrets.open(one, owners[at] ?? ""))).toEqual(pairs.map(([text]) => text));
    }),
  );
});

test("one password sealed twice gives two different seals", () => {
  const [first, second] = secrets.sealAll(["Winter-ade-2031", "Winter-ade-2031"], ["a", "a"]);
  expect(first?.equals(second ?? Buffer.alloc(0))).toBe(false);
  expect(sealOne("Winter-ade-2031", "a").includes("Winter")).toBe(false);
});

test("a seal that is moved to another user, customer or row does not open", () => {
  const sealed = sealOne("Winter-ade-2031", userOwner("contoso", "anna"));
  for (const owner of [userOwner("contoso", "bo"), userOwner("fabrikam", "anna"), rowOwner("contoso", 1), ""]) {
    expect(() => secrets.open(sealed, owner)).toThrow(/authenticate/);
  }
});

test("a seal does not open under another key", () => {
  expect(() => others.open(sealOne("Winter-ade-2031", "a"), "a")).toThrow("sealed under another key");
});

test("what was sealed under the previous key opens beside what is sealed now, and nothing under a third", () => {
  const both = openSecrets(
    "another secret key of 32 letters and more, for tests",
    "one secret key of 32 letters and more, for tests",
  );
  const [now] = both.sealAll(["Winter-ade-2031"], ["a"]);
  expect(both.open(sealOne("Summer-ade-2031", "a"), "a")).toBe("Summer-ade-2031");
  expect(others.open(now!, "a")).toBe("Winter-ade-2031");
  expect(() => secrets.open(now!, "a")).toThrow("sealed under another key");
  const [third] = openSecrets("a third secret key of 32 letters and more, for tests").sealAll(["x"], ["a"]);
  expect(() => both.open(third!, "a")).toThrow("sealed under another key");
});

test("a seal with a single bit turned, or cut short, does not open", () => {
  const sealed = sealOne("Winter-ade-2031", "a");
  for (let bit = 0; bit < sealed.length * 8; bit++) {
    const turned = Buffer.from(sealed);
    turned[bit >> 3] = (turned[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(() => secrets.open(turned, "a")).toThrow(/authenticate|another key/);
  }
  for (let length = 0; length < sealed.length; length++) {
    expect(() => secrets.open(sealed.subarray(0, length), "a")).toThrow(/./);
  }
});

test("no message of a seal that does not open tells what is in it", () => {
  let told = "";
  try {
    secrets.open(sealOne("Winter-ade-2031", "a"), "b");
  } catch (error) {
    told = JSON.stringify([error, (error as Error).message, (error as Error).stack]);
  }
  expect(told).toContain("authenticate");
  expect(told).not.toContain("Winter");
});

test("a fingerprint tells keys apart and is always the same for one key", () => {
  expect(secrets.fingerprint).toMatch(/^[0-9a-f]{16}$/);
  expect(openSecrets("one secret key of 32 letters and more, for tests").fingerprint).toBe(secrets.fingerprint);
  expect(others.fingerprint).not.toBe(secrets.fingerprint);
});

test("a key for another purpose has nothing in common with the key or its fingerprint", () => {
  const key = purposeKey("a key", "cookies");
  expect(key).toHaveLength(43);
  expect(purposeKey("a key", "cookies")).toBe(key);
  expect(purposeKey("a key", "links")).not.toBe(key);
  expect(purposeKey("another key", "cookies")).not.toBe(key);
});

test("passwords that Muster makes keep the rules and look like nothing else", () => {
  const passwords = makePasswords(3000);
  for (const password of passwords) {
    expect(password).toMatch(/^(?:[a-km-np-zA-HJ-NP-Z2-9]{4}-){3}[a-km-np-zA-HJ-NP-Z2-9]{4}$/);
    expect(password).toMatch(/[a-z]/);
    expect(password).toMatch(/[A-Z]/);
    expect(password).toMatch(/[2-9]/);
    expect(checkPassword(password)).toBeNull();
  }
  expect(new Set(passwords).size).toBe(3000);
  expect(makePasswords(0)).toEqual([]);
});

test("each letter of a made password is as likely as any other, and so is each digit", () => {
  const counts = new Map<string, number>();
  for (const one of makePasswords(20_000).join("").replaceAll("-", "")) counts.set(one, (counts.get(one) ?? 0) + 1);
  const found = [...counts];
  // Digits come oftener than letters, because a password without one is drawn again.
  for (const [kind, many] of [[/[a-z]/i, 48] as const, [/\d/, 8] as const]) {
    const times = found.filter(([one]) => kind.test(one)).map(([, count]) => count);
    expect(times).toHaveLength(many);
    const mean = times.reduce((sum, count) => sum + count, 0) / many;
    // Six times the spread of chance; bytes taken modulo the alphabet would make sixteen letters rarer by a seventh.
    for (const count of times) expect(Math.abs(count / mean - 1)).toBeLessThan(0.08);
  }
});

test("the first start makes a key that only its owner may read, and later starts find it", async () => {
  const dataDir = join(dir, "new", "data");
  const keys = await Promise.all(Array.from({ length: 20 }, () => keptSecretKey(dataDir)));
  expect(new Set(keys).size).toBe(1);
  const [key = ""] = keys;
  expect(Buffer.from(key, "base64")).toHaveLength(32);
  expect(await readdir(dataDir)).toEqual(["secret.key"]);
  expect(await keptSecretKey(dataDir)).toBe(key);
  const file = join(dataDir, "secret.key");
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readFile(file, "utf8")).toContain(key);
  expect(await keptSecretKey(join(dir, "other"))).not.toBe(key);
});
