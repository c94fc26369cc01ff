import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";

const keyIdBytes = 4;
const nonceBytes = 12;
const tagBytes = 16;

/** Seals small secrets under the installation's key, opens them under that or the previous one, and names both. */
export type Secrets = {
  /** 16 hex digits that tell one key from another and reveal nothing of it. */
  fingerprint: string;
  /** The fingerprint of the key that opens what was sealed before the key was changed, null where there is none. */
  previousFingerprint: string | null;
  /** The 8 hex digits that each seal of now begins with. */
  keyId: string;
  /** Seals each of `plaintexts` for the `owners` at the same place; the randomness of all is drawn at once. */
  sealAll(plaintexts: string[], owners: string[]): Buffer[];
  /** The plaintext. @throws Error where the key, the owner or a single bit differs. */
  open(sealed: Buffer, owner: string): string;
};

/**
 * Opens the secrets of an installation whose master key is `masterKey` (32 bytes or more of entropy), and those that were
 * sealed under `previousKey`.
 * AES-256-GCM under a subkey by HKDF-SHA-256; layout: key id (4 bytes), nonce (12), tag (16), ciphertext. The owner is
 * associated data, so that a seal moved to another user or customer does not open.
 */
export function openSecrets(masterKey: string | Buffer, previousKey: string | null = null): Secrets {
  const current = sealingKey(masterKey);
  const previous = previousKey === null ? null : sealingKey(previousKey);
  const known = previous === null ? [current] : [current, previous];

  return {
    fingerprint: current.fingerprint,
    previousFingerprint: previous?.fingerprint ?? null,
    keyId: current.id.toString("hex"),
    sealAll(plaintexts, owners) {
      const nonces = randomBytes(nonceBytes * plaintexts.length);
      return plaintexts.map((plaintext, at) => {
        const nonce = nonces.subarray(at * nonceBytes, (at + 1) * nonceBytes);
        const cipher = createCipheriv("aes-256-gcm", current.key, nonce);
        cipher.setAAD(Buffer.from(owners[at] ?? ""));
        const text = cipher.update(plaintext, "utf8");
        cipher.final();
        return Buffer.concat([current.id, nonce, cipher.getAuthTag(), text]);
      });
    },
    open(sealed, owner) {
      const sealedUnder = known.find(({ id }) => sealed.subarray(0, keyIdBytes).equals(id));
      if (sealedUnder === undefined) throw new Error("sealed under another key");
      const textAt = keyIdBytes + nonceBytes + tagBytes;
      const nonce = sealed.subarray(keyIdBytes, keyIdBytes + nonceBytes);
      const decipher = createDecipheriv("aes-256-gcm", sealedUnder.key, nonce);
      decipher.setAAD(Buffer.from(owner));
      decipher.setAuthTag(sealed.subarray(keyIdBytes + nonceBytes, textAt));
      return Buffer.concat([decipher.update(sealed.subarray(textAt)), decipher.final()]).toString("utf8");
    },
  };
}

type SealingKey = { key: Buffer; fingerprint: string; id: Buffer };

function sealingKey(masterKey: string | Buffer): SealingKey {
  const key = Buffer.from(hkdfSync("sha256", masterKey, "muster", "temporary-passwords", 32));
  const fingerprint = createHash("sha256").update("muster fingerprint").update(key).digest("hex").slice(0, 16);
  return { key, fingerprint, id: Buffer.from(fingerprint, "hex").subarray(0, keyIdBytes) };
}

/** The owner of the password of a row that is not a user yet. */
export function rowOwner(batchId: string, rowNo: number): string {
  return `row:${batchId}:${rowNo}`;
}

/** The owner of what a webhook signs with. */
export function webhookOwner(webhookId: string): string {
  return `webhook:${webhookId}`;
}

/** The owner of a user's temporary password. */
export function userOwner(customerId: string, userId: string): string {
  return `user:${customerId}:${userId}`;
}
