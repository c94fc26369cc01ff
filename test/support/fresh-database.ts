import { randomBytes } from "node:crypto";
import { inject } from "vitest";
import type { Database } from "../../db/open-database.ts";
import { openDatabase } from "../../db/open-database.ts";
import { makeLog } from "../../db/log.ts";
import { asAdmin } from "./as-admin.ts";

/** A migrated, empty database of one test file's own. */
export type FreshDatabase = { url: string; db: Database; drop(): Promise<void> };

/** Clones the migrated template; call it in `beforeAll` and `drop` in `afterAll`. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const adminUrl = inject("adminUrl");
  const name = `muster_test_${randomBytes(6).toString("hex")}`;
  // As files, not block by block through the log, which costs the server more.
  await asAdmin(adminUrl, `create database ${name} template ${inject("templateName")} strategy file_copy`);
  const own = new URL(adminUrl);
  own.pathname = `/${name}`;
  const db = openDatabase(own.href, { role: "tool", poolSize: 8, log: makeLog("silent") });
  return {
    url: own.href,
    db,
    async drop() {
      await db.close();
      await asAdmin(adminUrl, `drop database ${name} with (force)`);
    },
  };
}
