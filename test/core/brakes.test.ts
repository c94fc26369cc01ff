import { afterAll, beforeAll, expect, test } from "vitest";
import type { BrakeLimits } from "../../contract/brakes.ts";
import { usualLimits } from "../../contract/brakes.ts";
import type { Actor } from "../../core/actor.ts";
import { unrestricted } from "../../core/access/authority/authority.ts";
import { changeBatch } from "../../core/batches/edit/change-batch.ts";
import { changeRows } from "../../core/batches/edit/change-rows.ts";
import { applyBatch } from "../../core/batches/run/apply-batch.ts";
import { cancelBatch } from "../../core/batches/run/cancel-batch.ts";
import { approveBatch, refuseBatch } from "../../core/batches/run/decide-approval.ts";
import { retryBatch, retryChunk } from "../../core/batches/run/retry-batch.ts";
import { submitUpload } from "../../core/batches/submit/submit-upload.ts";
import { changeCustomerBrakes, changeLimits, readCustomerBrakes } from "../../core/directory/customers/brake-limits.ts";
import { sweep } from "../../core/housekeeping/sweep.ts";
import { newId } from "../../db/new-id.ts";
import { runBatch } from "../support/run-batch.ts";
import { planFile, planSelection, planTargets } from "./targets.ts";
import {
  admin,
  bothDefaults,
  bytesOf,
  e3,
  licensed,
  openTestCore,
  people,
  person,
  problemOf,
  refusal,
  type TestCore,
  type TestTenant,
  upn,
} from "./test-core.ts";

let core: TestCore;

beforeAll(async () => {
  core = await openTestCore();
  await changeLimits(core.context, admin, usualLimits);
});
afterAll(() => core.close());

const second: Actor = { kind: "agent", id: newId(), name: "Bo Second", authority: unrestricted };

/** A customer with `count` users, all named u1, u2, … */
async function staffed(count: number): Promise<TestTenant> {
  const tenant = await core.makeCustomer([{ skuPartNumber: e3.skuPartNumber, total: count }]);
  await core.provision(tenant, people(count));
  return tenant;
}

function named(tenant: TestTenant, from: number, to: number): { userPrincipalName: string }[] {
  return Array.from({ length: to - from + 1 }, (_, at) => ({ userPrincipalName: upn(tenant, `u${from + at}`) }));
}

const deletion = async (tenant: TestTenant, count: number) =>
  await planFile(
    core,
    tenant,
    "deleteUsers",
    `User name\n${named(tenant, 1, count)
      .map((row) => `${row.userPrincipalName}\n`)
      .join("")}`,
  );

const state = async (batchId: string) => (await core.batch(batchId)).state;
const active = async (tenant: TestTenant) => {
  const [{ users } = { users: 0 }] = await core.context.db.sql<{ users: number }[]>`
    select count(*)::int as users from users where customer_id = ${tenant.id} and deleted_at is null`;
  return users;
};
const acts = async (batchId: string) =>
  await core.context.db.sql<{ operation: string; actor: string; after: unknown }[]>`
    select operation, actor_name as actor, after from audit where batch_id = ${batchId} and row_no is null order by id`;

test("a file that would delete 60 % of a customer waits for a second agent, and runs for whoever asked", async () => {
  const tenant = await staffed(10);
  const id = await deletion(tenant, 6);
  expect((await core.batch(id)).brake).toEqual({
    users: 6,
    admins: 0,
    of: 10,
    needs: "approval",
    why: "The plan deletes 6 users of the customer's 10 (60 %); more than 10 % need the yes of a second agent.",
  });
  await applyBatch(core.context, admin, id, { confirm: 6 });
  const asked = await core.batch(id);
  expect(asked).toMatchObject({ state: "awaiting_approval", startedAt: null });
  expect(asked.approval).toMatchObject({ askedBy: admin.name, askedById: admin.id, planVersion: 1, decision: null });
  await runBatch(core.context, id);
  expect(await active(tenant)).toBe(10);

  expect(await refusal(approveBatch(core.context, admin, id, { planVersion: 1 }))).toBe("approval_own");
  expect(await refusal(applyBatch(core.context, second, id, { confirm: 6 }))).toBe("batch_state");
  await approveBatch(core.context, second, id, { planVersion: 1, note: "They moved" });
  const ended = await runBatch(core.context, id);
  expect(ended).toMatchObject({ state: "finished", totals: { succeeded: 6 } });
  expect(ended.approval?.decision).toMatchObject({ approved: true, by: "Bo Second", note: "They moved" });
  expect(await active(tenant)).toBe(4);
  expect((await acts(id)).map(({ operation, actor }) => [operation, actor])).toEqual([
    ["ask_approval", admin.name],
    ["approve_batch", second.name],
  ]);
  const [deleted] = await core.context.db.sql`
    select distinct actor_id from audit where batch_id = ${id} and operation = 'delete_customer_user'`;
  expect(deleted).toEqual({ actor_id: admin.id });
});

test("a refused plan is as before the question, and whoever asked may take the question back", async () => {
  const id = await deletion(await staffed(10), 6);
  for (const actor of [second, admin]) {
    await applyBatch(core.context, admin, id);
    await refuseBatch(core.context, actor, id, { planVersion: 1, note: "Not these" });
    expect(await core.batch(id)).toMatchObject({
      state: "ready",
      brake: { needs: "approval" },
      approval: { decision: { approved: false, by: actor.name, note: "Not these" } },
    });
  }
  expect((await acts(id)).map(({ operation }) => operation)).toEqual([
    "ask_approval",
    "refuse_batch",
    "ask_approval",
    "refuse_batch",
  ]);
});

test("a plan that changed after the yes needs a new one; the same plan does not", async () => {
  const tenant = await staffed(20);
  const id = await deletion(tenant, 6);
  const startAt = new Date(core.context.now().getTime() + 3_600_000);
  await applyBatch(core.context, admin, id, { startAt });
  await approveBatch(core.context, second, id, { planVersion: 1 });
  expect(await core.batch(id)).toMatchObject({ state: "scheduled", startAt: startAt.toISOString() });

  await changeBatch(core.context, admin, id, { startAt: null });
  expect((await core.batch(id)).brake.needs).toBeNull();
  await changeBatch(core.context, admin, id, { startAt: startAt.toISOString() });
  expect(await state(id)).toBe("scheduled");

  await changeBatch(core.context, admin, id, { startAt: null });
  await changeRows(core.context, admin, id, [{ rowNo: 1, values: { "User name": upn(tenant, "u7") } }]);
  expect((await core.batch(id)).brake.needs).toBe("approval");
  await changeBatch(core.context, admin, id, { startAt: startAt.toISOString() });
  expect(await state(id)).toBe("awaiting_approval");
  expect(await refusal(approveBatch(core.context, second, id, { planVersion: 1 }))).toBe("plan_changed");
  expect(
    await refusal(changeRows(core.context, admin, id, [{ rowNo: 1, values: { "User name": upn(tenant, "u8") } }])),
  ).toBe("batch_state");
  await approveBatch(core.context, second, id, { planVersion: 2 });
  expect(await state(id)).toBe("scheduled");
});

test("below the limits the number of users is named, where they are more than one", async () => {
  const tenant = await staffed(40);
  const one = await deletion(tenant, 1);
  await applyBatch(core.context, admin, one);
  await runBatch(core.context, one);
  const id = await deletion(tenant, 4);
  expect((await core.batch(id)).brake).toMatchObject({ users: 3, of: 39, needs: "confirmation" });
  for (const confirm of [undefined, 2, 4, 39]) {
    const problem = await problemOf(applyBatch(core.context, admin, id, { confirm }));
    expect([problem.code, problem.message]).toEqual([
      "confirmation_needed",
      "The plan deletes 3 users of the customer's 39 (7.7 %). To start it, name that number: confirm 3.",
    ]);
  }
  expect(await refusal(changeBatch(core.context, admin, id, { startAt: "2099-01-01T00:00:00Z" }))).toBe(
    "confirmation_needed",
  );
  await applyBatch(core.context, admin, id, { confirm: 3, startAt: new Date(Date.now() + 3_600_000) });
  await changeBatch(core.context, admin, id, { startAt: "2099-01-01T00:00:00Z" });
  expect(await state(id)).toBe("scheduled");
});

test("a file that is applied unseen waits where its number was not named", async () => {
  const tenant = await staffed(40);
  const csv = `User name\n${upn(tenant, "u1")}\n${upn(tenant, "u2")}\n`;
  const send = async (confirm?: number) => {
    const upload = { customerId: tenant.id, fileName: "leavers.csv", bytes: bytesOf(csv), options: bothDefaults };
    const start = { apply: true, confirm };
    return (await submitUpload(core.context, admin, { ...upload, operation: "deleteUsers" }, start)).batchId;
  };
  expect(await state(await send())).toBe("ready");
  expect(await state(await send(1))).toBe("ready");
  expect(await state(await send(2))).toBe("running");
});

test("what counts are users who are deleted, blocked, reset, or lose licenses", async () => {
  const tenant = await staffed(60);
  await core.provision(
    tenant,
    [1, 2, 3, 4].map((no) => licensed(`u${no}`, e3.skuPartNumber)),
    { onExisting: "update" },
  );
  const some = named(tenant, 1, 4);
  const hits = async (batchId: Promise<string>) => (await core.batch(await batchId)).brake.users;
  const each = (more: object) => some.map((row) => ({ ...row, ...more }));
  expect(await hits(planTargets(core, tenant, "deleteUsers", some))).toBe(4);
  expect(await hits(planTargets(core, tenant, "resetPasswords", some))).toBe(4);
  expect(await hits(planTargets(core, tenant, "updateUsers", each({ accountEnabled: false })))).toBe(4);
  expect(await hits(planTargets(core, tenant, "updateUsers", each({ accountEnabled: true, jobTitle: "Clerk" })))).toBe(
    0,
  );
  expect(await hits(planTargets(core, tenant, "changeLicenses", each({ remove: ["SPE_E3"] })))).toBe(4);
  expect(
    await hits(planTargets(core, tenant, "changeLicenses", each({ add: [{ sku: "SPE_E3", disabledPlans: [] }] }))),
  ).toBe(0);
  expect(await hits(planTargets(core, tenant, "changePermissions", each({ permission: "globalAdmin" })))).toBe(0);
  const file = `User name,Display name,Block sign-in\n${[1, 2, 3].map((no) => `${upn(tenant, `u${no}`)},Display u${no},yes\n`).join("")}`;
  const update = await core.upload(tenant, file, {
    onExisting: "update",
    mapping: { "Block sign-in": "signInBlocked" },
  });
  expect(update.brake.users).toBe(3);
  expect((await core.plan(tenant, [person("new", { accountEnabled: false })])).brake.users).toBe(0);
});

test("one user with an admin role is enough, whatever the number", async () => {
  const tenant = await staffed(3);
  await core.context.db.sql`insert into role_assignments (user_id, role)
    select id, 'globalAdmin' from users where customer_id = ${tenant.id} and display_name = 'Display u1'`;
  await core.context.db.sql`insert into role_assignments (user_id, role)
    select id, 'reportsReader' from users where customer_id = ${tenant.id} and display_name = 'Display u2'`;
  const [first] = named(tenant, 1, 1);
  const reset = await planTargets(core, tenant, "resetPasswords", [first!]);
  expect((await core.batch(reset)).brake).toMatchObject({
    users: 1,
    admins: 1,
    needs: "approval",
    why: "The plan touches a user who holds an admin role, which needs the yes of a second agent.",
  });
  await applyBatch(core.context, admin, reset);
  expect(await state(reset)).toBe("awaiting_approval");
  const demoted = await planTargets(core, tenant, "changePermissions", [{ ...first!, permission: "Password admin" }]);
  expect((await core.batch(demoted)).brake).toMatchObject({ users: 0, admins: 1, needs: "approval" });
  const reader = await planTargets(core, tenant, "resetPasswords", named(tenant, 2, 2));
  expect((await core.batch(reader)).brake).toMatchObject({ users: 1, admins: 0, needs: null });
});

test("whoever approves needs the authority for what the plan does, and to whom", async () => {
  const tenant = await staffed(10);
  await core.context.db.sql`insert into role_assignments (user_id, role)
    select id, 'globalAdmin' from users where customer_id = ${tenant.id} and display_name = 'Display u1'`;
  const id = await deletion(tenant, 6);
  await applyBatch(core.context, admin, id);
  const holding = (...roles: ("userAdministrator" | "globalAdministrator" | "licenseAdministrator")[]): Actor => ({
    ...second,
    authority: {
      kind: "agent",
      agentId: second.id,
      keyId: null,
      partnerRole: "adminAgent",
      key: null,
      at: { customerId: tenant.id, name: "Contoso", roles },
    },
  });
  for (const roles of [["licenseAdministrator"], ["userAdministrator"]] as const) {
    expect(await refusal(approveBatch(core.context, holding(...roles), id, { planVersion: 1 }))).toBe("forbidden");
  }
  await approveBatch(core.context, holding("globalAdministrator"), id, { planVersion: 1 });
  expect(await state(id)).toBe("running");
});

test("of thirty who approve and refuse at once one is heard", async () => {
  for (let round = 0; round < 3; round++) {
    const id = await deletion(await staffed(10), 6);
    await applyBatch(core.context, admin, id);
    const decided = await Promise.allSettled(
      Array.from({ length: 30 }, async (_, at) => {
        const actor = { ...second, id: newId(), name: `Agent ${at}` };
        await (at % 2 === 0 ? approveBatch : refuseBatch)(core.context, actor, id, { planVersion: 1 });
      }),
    );
    const refused = decided.flatMap((one) => (one.status === "rejected" ? [one.reason as { code: string }] : []));
    expect(refused.map(({ code }) => code)).toEqual(Array.from({ length: 29 }, () => "batch_state"));
    expect(await acts(id)).toHaveLength(2);
  }
});

test("limits of a customer's own count there, and each change is on record", async () => {
  const tenant = await staffed(10);
  const id = await deletion(tenant, 6);
  const own: BrakeLimits = { users: 6, percent: null, admins: false };
  await changeCustomerBrakes(core.context, admin, tenant.id, own);
  expect(await readCustomerBrakes(core.context, tenant.id)).toEqual({ limits: own, own: true });
  expect((await core.batch(id)).brake.needs).toBe("confirmation");
  await changeCustomerBrakes(core.context, admin, tenant.id, { users: null, percent: null, admins: false });
  expect((await core.batch(id)).brake.needs).toBeNull();
  await changeCustomerBrakes(core.context, admin, tenant.id, null);
  expect(await readCustomerBrakes(core.context, tenant.id)).toEqual({ limits: usualLimits, own: false });
  const records = await core.context.db.sql`
    select before, after from audit where customer_id = ${tenant.id} and operation = 'change_brakes' order by id`;
  expect(records).toHaveLength(3);
  expect(records[0]).toEqual({ before: { limits: usualLimits, own: false }, after: { limits: own, own: true } });
});

test("what waits for a yes can be cancelled, and expires like a plan that nobody starts", async () => {
  const [cancelled, old] = [await deletion(await staffed(10), 6), await deletion(await staffed(10), 6)];
  for (const id of [cancelled, old]) await applyBatch(core.context, admin, id);
  await cancelBatch(core.context, admin, cancelled);
  await core.context.db.sql`update batches set created_at = now() - interval '91 days' where id = ${old}`;
  await sweep(core.context, { keepRowsDays: 90 });
  expect([await state(cancelled), await state(old)]).toEqual(["cancelled", "cancelled"]);
});

test("rows that are changed after they failed do not go round the brakes", async () => {
  const tenant = await staffed(10);
  const csv = `User name\n${upn(tenant, "u1")}\n${Array.from({ length: 5 }, (_, at) => `x${at}@${tenant.domain}\n`).join("")}`;
  const id = await planFile(core, tenant, "deleteUsers", csv);
  await applyBatch(core.context, admin, id);
  await runBatch(core.context, id);
  const rows = Array.from({ length: 5 }, (_, at) => ({
    rowNo: at + 2,
    values: { "User name": upn(tenant, `u${at + 2}`) },
  }));
  await changeRows(core.context, admin, id, rows);
  expect(await refusal(retryBatch(core.context, admin, id, {}))).toBe("approval_needed");
  expect(await refusal(retryChunk(core.context, admin, id, 1))).toBe("approval_needed");
  expect(await active(tenant)).toBe(9);
  await retryBatch(core.context, admin, id, { rowNos: [2] });
  await runBatch(core.context, id);
  expect(await active(tenant)).toBe(8);
});

test("a retry of what was approved needs no second yes, unless a row was changed since", async () => {
  const tenant = await staffed(10);
  const id = await deletion(tenant, 6);
  await applyBatch(core.context, admin, id);
  await approveBatch(core.context, second, id, { planVersion: 1 });
  const { sql } = core.context.db;
  const fail = sql`update row_results set state = 'failed', code = 'user_unknown' where batch_id = ${id}`;
  await fail;
  await sql`update chunks set state = 'done', pending = 0, failed = 6 where batch_id = ${id}`;
  await runBatch(core.context, id);
  await retryBatch(core.context, admin, id, {});
  expect(await state(id)).toBe("running");

  await sql`update row_results set state = 'failed', code = 'user_unknown' where batch_id = ${id}`;
  await sql`update chunks set state = 'done', pending = 0, failed = 6 where batch_id = ${id}`;
  await changeRows(core.context, admin, id, [{ rowNo: 1, values: { "User name": upn(tenant, "u7") } }]);
  expect(await refusal(retryBatch(core.context, admin, id, {}))).toBe("approval_needed");
});

test("users chosen by a filter are counted, those chosen one by one are named", async () => {
  const tenant = await staffed(40);
  const planned = await planSelection(core, tenant, "resetPasswords", { filter: {} });
  expect((await core.batch(planned)).brake).toMatchObject({ users: 40, of: 40, needs: "approval" });
});
