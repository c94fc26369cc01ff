import { hkdfSync, randomBytes } from "node:crypto";
import { link, mkdir, readFile, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Gives the secret key kept in `dataDir`, making one at the first start; only its owner may read the file. */
export async function keptSecretKey(dataDir: string): Promise<string> {
  const file = join(dataDir, "secret.key");
  const kept = await readFile(file, "utf8").catch(unless("ENOENT"));
  if (kept !== undefined) return kept.trim();
  await mkdir(dataDir, { recursive: true });
  // A process that starts at the same moment must find no key or a whole one, so the file gets its name when it is full.
  const draft = `${file}.${randomBytes(6).toString("hex")}`;
  await writeFile(draft, randomBytes(32).toString("base64"), { mode: 0o600, flag: "wx" });
  await link(draft, file).catch(unless("EEXIST"));
  await unlink(draft);
  return (await readFile(file, "utf8")).trim();
}

function unless(code: string): (error: NodeJS.ErrnoException) => undefined {
  return (error) => {
    if (error.code !== code) throw error;
    return undefined;
  };
}

/** A key for one more purpose, drawn from the secret key; it tells nothing about the secret or the other purposes. */
export function purposeKey(secretKey: string, purpose: string): string {
  return Buffer.from(hkdfSync("sha256", secretKey, "muster", purpose, 32)).toString("base64url");
}
