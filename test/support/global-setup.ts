import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "../../db/embedded-postgres.ts";
import { makeLog } from "../../db/log.ts";
import { migrate } from "../../db/migrate.ts";
import { asAdmin } from "./as-admin.ts";
import { withoutLimits } from "./without-limits.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A database of the test server, from which others are made. */
    adminUrl: string;
    /** The name of the migrated database that every test file gets a copy of. */
    templateName: string;
    /** A folder of this run's own. */
    scratch: string;
  }
}

/** Brings up one Postgres for the whole run (or takes TEST_DATABASE_URL) and migrates one database to clone. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  // These alone need no database.
  if (project.vitest.projects.every(({ name }) => name === "unit")) return async () => {};
  const server = await startServer(process.env["TEST_DATABASE_URL"]);
  const templateName = `muster_template_${randomBytes(6).toString("hex")}`;
  await asAdmin(server.url, `create database ${templateName} template template0 encoding 'UTF8'`);
  const template = new URL(server.url);
  template.pathname = `/${templateName}`;
  await migrate(template.href);
  // One agent alone deletes and resets whole customers in these tests; those of the brakes set their limits themselves.
  await withoutLimits(template.href);
  project.provide("adminUrl", server.url);
  project.provide("templateName", templateName);
  const scratch = await mkdtemp(join(tmpdir(), "muster-run-"));
  project.provide("scratch", scratch);
  return async () => {
    await rm(scratch, { recursive: true, force: true });
    await asAdmin(server.url, `drop database ${templateName} with (force)`);
    await server.stop();
  };
}

async function startServer(external: string | undefined): Promise<{ url: string; stop(): Promise<void> }> {
  if (external !== undefined) return { url: external, stop: async () => {} };
  const dataDir = await mkdtemp(join(tmpdir(), "muster-test-"));
  await chmod(dataDir, 0o755);
  // Nothing here outlives a crash of the machine, and each new database is a checkpoint, after which full pages would be logged.
  const settings = { fsync: "off", full_page_writes: "off" };
  const embedded = await startEmbeddedPostgres({ dataDir, log: makeLog("warn"), settings });
  return {
    url: embedded.url,
    async stop() {
      await embedded.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
