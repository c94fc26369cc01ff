import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CoreContext } from "../../core/context.ts";
import { createCustomer } from "../../core/directory/customers/create-customer.ts";
import { sweep } from "../../core/housekeeping/sweep.ts";
import { openSecrets } from "../../core/secrets/secrets.ts";
import { submitRows } from "../../core/batches/submit/submit-rows.ts";
import { openToRole, roleStanding } from "../../db/app-role.ts";
import { makeLog } from "../../db/log.ts";
import { assertMigrated } from "../../db/migrate.ts";
import { openDatabase, type Database } from "../../db/open-database.ts";
import { migrateQueue } from "../../worker/queue-backend.ts";
import { admin, bothDefaults, people } from "../core/test-core.ts";
import { asAdmin } from "../support/as-admin.ts";
import { freshDatabase, type FreshDatabase } from "../support/fresh-database.ts";
import { runBatch } from "../support/run-batch.ts";

const role = `muster_test_${randomBytes(6).toString("hex")}`;
let owner: FreshDatabase;
let appUrl: string;
let db: Database;

beforeAll(async () => {
  owner = await freshDatabase();
  const url = new URL(owner.url);
  [url.username, url.password] = [role, randomBytes(12).toString("hex")];
  appUrl = url.href;
  await openToRole(owner.url, appUrl);
  db = openDatabase(appUrl, { role: "worker", poolSize: 4, log: makeLog("silent") });
});
afterAll(async () => {
  await db.close();
  await asAdmin(owner.url, `drop owned by ${role}`);
  await asAdmin(owner.url, `drop role ${role}`);
  await owner.drop();
});

test("the role of the processes is no superuser and owns no table, and is told so", async () => {
  expect(await roleStanding(appUrl)).toEqual({ name: role, superuser: false, owner: false });
  expect((await roleStanding(owner.url)).owner).toBe(true);
  await assertMigrated(appUrl);
});

test("all of Muster's work can be done as that role, its own queue included", async () => {
  const context: CoreContext = {
    db,
    log: makeLog("silent"),
    restoreDays: 30,
    now: () => new Date(),
    secrets: openSecrets("the secret key of the tests of roles, 32 letters and more"),
  };
  const customer = await createCustomer(context, admin, {
    name: "Contoso",
    domains: ["contoso.example"],
    products: [],
  });
  const request = { customerId: customer.id, operation: "createUsers", source: "json", options: bothDefaults } as const;
  const { batchId } = await submitRows(context, admin, { ...request, rows: people(1200) }, { apply: true });
  expect(await runBatch(context, batchId)).toMatchObject({ state: "finished", totals: { succeeded: 1200 } });
  await sweep(context, { keepRowsDays: 90 });
  await migrateQueue(appUrl);
  // Once more, as at every start of the owner, and the queue stays what it is.
  await openToRole(owner.url, appUrl);
  await db.sql`select count(*) from bullmq.job`;
});

test.each([
  ["an update", "update audit set actor_name = 'nobody'"],
  ["a delete", "delete from audit"],
  ["a truncate", "truncate audit"],
  ["a truncate of what hangs together", "truncate audit cascade"],
  ["switching the trigger off", "alter table audit disable trigger audit_append_only"],
  ["switching all triggers off", "alter table audit disable trigger all"],
  ["dropping the trigger", "drop trigger audit_append_only on audit"],
  ["dropping the table", "drop table audit"],
  ["renaming the table", "alter table audit rename to audit_before"],
  ["giving the table away", `alter table audit owner to ${role}`],
  [
    "another body of the trigger's function",
    "create or replace function refuse_change() returns trigger language plpgsql as 'begin return new; end'",
  ],
  ["dropping the trigger's function", "drop function refuse_change() cascade"],
  ["a rule on the table", "create rule gone as on insert to audit do instead nothing"],
  ["a column less", "alter table audit drop column actor_name"],
  ["playing the replica", "set session_replication_role = replica"],
  ["becoming the owner", "set role muster"],
  ["granting oneself more", `grant all on audit to ${role}; update audit set actor_name = 'nobody'`],
  ["reaching into the catalog", "update pg_trigger set tgenabled = 'D'"],
  ["making the role a superuser", `alter role ${role} superuser`],
])("%s on the audit is refused to it", async (_what, statement) => {
  const client = new Client({ connectionString: appUrl });
  await client.connect();
  const records = async () => (await client.query("select count(*)::int as count, max(id) as last from audit")).rows;
  try {
    const before = await records();
    const code = await client.query(statement).then(
      () => "done",
      (error: { code: string }) => error.code,
    );
    expect(["42501", "22023"]).toContain(code);
    expect(await records()).toEqual(before);
  } finally {
    await client.end();
  }
});

test("records can still be added, and no sequence of tries leaves the trigger off", async () => {
  await db.sql`insert into audit (actor_id, actor_name, operation, status) values ('x', 'x', 'x', 'succeeded')`;
  const off = await db.sql`select from pg_trigger where tgrelid = 'audit'::regclass and tgenabled = 'D'`;
  expect(off).toHaveLength(0);
});
