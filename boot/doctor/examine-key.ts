import { examineSecretKey } from "../../core/secrets/keys-in-use.ts";
import { openSecrets } from "../../core/secrets/secrets.ts";
import { makeLog } from "../../db/log.ts";
import { openDatabase } from "../../db/open-database.ts";
import { type Finding, sentenceOf, well, wrong } from "./finding.ts";

/** Looks whether what the database at `url` holds was sealed under these keys. */
export async function examineKey(url: string, key: string, previous: string | null): Promise<Finding> {
  const db = openDatabase(url, { role: "tool", poolSize: 1, log: makeLog("silent") });
  try {
    await examineSecretKey(db, openSecrets(key, previous));
    return well("key", "MUSTER_SECRET_KEY is the one that the database is sealed under, or the first.");
  } catch (error) {
    return wrong("key", sentenceOf(error));
  } finally {
    await db.close();
  }
}
