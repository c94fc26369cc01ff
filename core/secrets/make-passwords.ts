import { randomFillSync } from "node:crypto";

/** No l, o, I, O, 0 or 1: they are taken for one another on paper and over the phone. */
const alphabet = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const groups = 4;
const groupLength = 4;
const length = groups * groupLength;
/** The greatest multiple of the alphabet's length that fits a byte: bytes beyond it would favour the first letters. */
const fairBytes = 256 - (256 % alphabet.length);

/**
 * Makes `count` temporary passwords such as `h7Kp-Wm3x-TqZd-9fRv`: 92 bits of chance each, with a lower-case letter, an
 * upper-case letter, a digit and a symbol, as the password rule of the domain asks.
 */
export function makePasswords(count: number): string[] {
  const draw = drawFrom(Buffer.alloc(Math.max(64, count * (length + 6))));
  return Array.from({ length: count }, () => makeOne(draw));
}

function makeOne(draw: () => number): string {
  for (;;) {
    let password = "";
    for (let at = 0; at < length; at++) {
      if (at > 0 && at % groupLength === 0) password += "-";
      password += alphabet[draw() % alphabet.length];
    }
    if (/[a-z]/.test(password) && /[A-Z]/.test(password) && /[2-9]/.test(password)) return password;
  }
}

function drawFrom(pool: Buffer): () => number {
  let at = pool.length;
  return () => {
    for (;;) {
      if (at === pool.length) {
        randomFillSync(pool);
        at = 0;
      }
      const byte = pool.readUInt8(at++);
      if (byte < fairBytes) return byte;
    }
  };
}
