import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from "node:crypto";
import { promisify } from "node:util";

/** Costs as OWASP's password storage sheet lists them: 32 MB, three times. */
const costs = { N: 2 ** 15, r: 8, p: 3 };
const maxmem = 64 * 1024 * 1024;
const saltBytes = 16;
const keyBytes = 32;

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** The hash of a password that somebody chose, with its salt and costs, as it can be kept. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  const key = await derive(password, salt, keyBytes, { ...costs, maxmem });
  return ["scrypt", costs.N, costs.r, costs.p, salt.toString("base64url"), key.toString("base64url")].join("$");
}

/** Whether `password` is the one that was hashed. Without a hash it is not, after the same time. */
export async function matchesHash(password: string, hash: string | null): Promise<boolean> {
  const [, N, r, p, salt = "", key = ""] = (hash ?? nobodys).split("$");
  const given = { N: Number(N), r: Number(r), p: Number(p), maxmem };
  const kept = Buffer.from(key, "base64url");
  const same = timingSafeEqual(await derive(password, Buffer.from(salt, "base64url"), kept.length, given), kept);
  return same && hash !== null;
}

const nobodys = ["scrypt", costs.N, costs.r, costs.p, "AAAAAAAAAAAAAAAAAAAAAA", "A".repeat(43)].join("$");
