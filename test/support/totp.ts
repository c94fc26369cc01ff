import { createHmac } from "node:crypto";

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

const given = new Set<string>();

/** A code that is right now and was not given before, because Muster takes each once; there are two in half a minute. */
export function freshTotpCode(totpUri: string): string {
  const now = Date.now();
  const code = [now, now + 30_000]
    .map((at) => totpCode(totpUri, new Date(at)))
    .find((one) => !given.has(`${totpUri} ${one}`));
  if (code === undefined) throw new Error("both codes that are right now were given");
  given.add(`${totpUri} ${code}`);
  return code;
}

/** What an authenticator app shows at `at` for the address that it was set up with (RFC 6238: SHA-1, 6 digits, 30 s). */
function totpCode(totpUri: string, at = new Date()): string {
  const secret = decodeBase32(new URL(totpUri).searchParams.get("secret") ?? "");
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at.getTime() / 30_000)));
  const digest = createHmac("sha1", secret).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

function decodeBase32(text: string): Buffer {
  const bits = Array.from(text.replaceAll("=", ""), (letter) => alphabet.indexOf(letter).toString(2).padStart(5, "0"));
  const bytes = bits.join("").match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}
