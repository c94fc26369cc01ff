import { afterAll, beforeAll, expect, test } from "vitest";
import type { GdapRole } from "../../contract/authority.ts";
import type { BrakeLimits } from "../../contract/brakes.ts";
import { usualLimits } from "../../contract/brakes.ts";
import type { Actor } from "../../core/actor.ts";
import { environmentToken } from "../../contract/environment-token.ts";
import { createAgent, removeAgent } from "../../core/access/agents/change-agents.ts";
import { makeGrant } from "../../core/access/agents/grants.ts";
import { resetSignIn } from "../../core/access/agents/reset-sign-in.ts";
import { unrestricted } from "../../core/access/authority/authority.ts";
import { changeBatch } from "../../core/batches/edit/change-batch.ts";
import { changeRows } from "../../core/batches/edit/change-rows.ts";
import { applyBatch } from "../../core/batches/run/apply-batch.ts";
import { cancelBatch } from "../../core/batches/run/cancel-batch.ts";
import { approveBatch, refuseBatch } from "../../core/batches/run/decide-approval.ts";
import { previewRetry } from "../../core/batches/run/preview-retry.ts";
import { retryBatch, retryChunk } from "../../core/batches/run/retry-batch.ts";
import { submitUndo } from "../../core/batches/submit/submit-undo.ts";
import { submitUpload } from "../../core/batches/submit/submit-upload.ts";
import {
  changeCustomerBrakes,
  changeLimits,
  readCustomerBrakes,
  readLimits,
} from "../../core/directory/customers/brake-limits.ts";
import { sweep } from "../../core/housekeeping/sweep.ts";
import { inTransaction } from "../../db/in-transaction.ts";
import { newId } from "../../db/new-id.ts";
import { sql as text } from "../../db/sql-text.ts";
import { eventually } from "../support/eventually.ts";
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
const changeAll = (actor: Actor, limits: BrakeLimits, agree = false) =>
  changeLimits(core.context, actor, { ...limits, agree });
const active = async (tenant: TestTenant) => {
  const [{ users } = { users: 0 }] = await core.context.db.sql<{ users: number }[]>`
    select count(*)::int as users from users where customer_id = ${tenant.id} and deleted_at is null`;
  return users;
};
const acts = async (batchId: string) =>
  await core.context.db.sql<{ operation: string; actor: string; after: unknown }[]>`
    select operation, actor_name as actor, after from audit where batch_id = ${batchId} and row_no is null order by id`;

test("more than 50 users need a second agent however many the customer has, and 50 their number alone", async () => {
  const tenant = await staffed(510);
  const brake = async (count: number) => (await core.batch(await deletion(tenant, count))).brake;
  expect(await brake(50)).toMatchObject({ users: 50, needs: "confirmation" });
  expect(await brake(51)).toMatchObject({
    needs: "approval",
    why: "The plan deletes 51 users of the customer's 510 (10 %); more than 50 need the yes of a second agent.",
  });
});

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

test("where nobody has set limits, 50 users, 10 % and admins count", async () => {
  await core.context.db.sql`delete from installation where name = 'brakes'`;
  try {
    const usual = { users: 50, percent: 10, admins: true };
    expect(await readLimits(core.context)).toEqual({ ...usual, asked: null });
    const tenant = await staffed(10);
    expect((await readCustomerBrakes(core.context, tenant.id)).limits).toEqual(usual);
    const id = await deletion(tenant, 6);
    await applyBatch(core.context, admin, id, { confirm: 6 });
    expect((await core.batch(id)).state).toBe("awaiting_approval");
  } finally {
    await changeLimits(core.context, admin, usualLimits);
  }
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

test("a yes is for the plan as it was and for its start: a cell or another start needs a new one", async () => {
  const tenant = await staffed(20);
  const id = await deletion(tenant, 6);
  const hence = (hours: number) => new Date(core.context.now().getTime() + hours * 3_600_000).toISOString();
  const [sunday, monday] = [hence(24), hence(48)];
  const startsAt = (startAt: string | null) => changeBatch(core.context, admin, id, { startAt });
  await applyBatch(core.context, admin, id, { startAt: new Date(sunday) });
  await approveBatch(core.context, second, id, { planVersion: 1 });
  await startsAt(sunday);
  expect(await core.batch(id)).toMatchObject({ state: "scheduled", startAt: sunday, approval: { startAt: sunday } });

  for (const [planVersion, startAt] of [
    [2, monday],
    [3, hence(-1)],
  ] as const) {
    await startsAt(startAt);
    expect(await core.batch(id)).toMatchObject({ state: "awaiting_approval", planVersion, startAt: null });
    // Whoever looks at the question that was asked before does not answer this one.
    expect(await refusal(approveBatch(core.context, second, id, { planVersion: planVersion - 1 }))).toBe(
      "plan_changed",
    );
    await refuseBatch(core.context, second, id, { planVersion });
  }
  await startsAt(sunday);
  await approveBatch(core.context, second, id, { planVersion: 4 });
  await startsAt(null);
  expect(await core.batch(id)).toMatchObject({ state: "ready", brake: { needs: "approval" } });

  await changeRows(core.context, admin, id, [{ rowNo: 1, values: { "User name": upn(tenant, "u7") } }]);
  await startsAt(sunday);
  expect(await refusal(approveBatch(core.context, second, id, { planVersion: 4 }))).toBe("plan_changed");
  expect(
    await refusal(changeRows(core.context, admin, id, [{ rowNo: 1, values: { "User name": upn(tenant, "u8") } }])),
  ).toBe("batch_state");
  await approveBatch(core.context, second, id, { planVersion: 5 });
  expect(await state(id)).toBe("scheduled");
});

/** An agent of the list of agents, with a grant at the customer. */
async function approverAt(tenant: TestTenant): Promise<Actor> {
  const email = `${newId()}@partner.example`;
  const { id } = await createAgent(core.context, admin, { name: "Cy", email, partnerRole: "adminAgent" }, "no hash");
  await makeGrant(core.context, admin, tenant.id, { agentId: id, role: "userAdministrator", days: 30 });
  return { ...second, id, name: "Cy" };
}

/** Plans the deletion of users, with a start that lies ahead for agents and has come for the database. */
async function due(tenant: TestTenant, count: number): Promise<string> {
  const id = await deletion(tenant, count);
  core.passDays(-1);
  const startAt = new Date(core.context.now().getTime() + 3_600_000);
  await applyBatch(core.context, admin, id, { startAt, confirm: count });
  return id;
}

test("at its start a scheduled plan is weighed again: whoever approved it may do that still, or it awaits a new yes", async () => {
  const tenant = await staffed(10);
  // One is left who can let others in.
  const [approver] = [await approverAt(tenant), await approverAt(tenant)];
  const approved = async (count: number) => {
    const id = await due(tenant, count);
    await approveBatch(core.context, approver, id, { planVersion: 1 });
    core.resetClock();
    expect(await state(id)).toBe("scheduled");
    return id;
  };
  expect(await runBatch(core.context, await approved(2))).toMatchObject({
    state: "finished",
    totals: { succeeded: 2 },
  });
  const id = await approved(6);
  await removeAgent(core.context, admin, approver.id);
  const held = await runBatch(core.context, id);
  expect(held).toMatchObject({ state: "awaiting_approval", planVersion: 2, startAt: null });
  expect(held.approval).toMatchObject({ askedById: admin.id, startAt: null, decision: null });
  expect(held.approval?.why).toMatch(/Cy, who approved it, may do that no more: it needs an agent who is one still/);
  expect((await acts(id)).at(-1)).toMatchObject({
    operation: "ask_approval",
    actor: "Muster",
    after: { planVersion: 2, askedById: admin.id, startAt: null },
  });
  expect(await refusal(approveBatch(core.context, admin, id, { planVersion: 2 }))).toBe("approval_own");
  await approveBatch(core.context, second, id, { planVersion: 2 });
  expect(await active(tenant)).toBe(8);
  expect(await runBatch(core.context, id)).toMatchObject({ state: "finished", totals: { succeeded: 4 } });
});

test("a plan that was within the limits when it was scheduled awaits a yes where they are stricter at its start", async () => {
  const tenant = await staffed(40);
  const id = await due(tenant, 3);
  core.resetClock();
  await changeCustomerBrakes(core.context, admin, tenant.id, { limits: { ...usualLimits, users: 2 } });
  const held = await runBatch(core.context, id);
  expect(held).toMatchObject({ state: "awaiting_approval", brake: { users: 3, needs: "approval" } });
  expect(held.approval?.why).toContain("more than 2 need the yes");
  expect(await active(tenant)).toBe(40);
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
    why: "The plan touches a user who holds or gets an admin role, which needs the yes of a second agent.",
  });
  await applyBatch(core.context, admin, reset);
  expect(await state(reset)).toBe("awaiting_approval");
  const demoted = await planTargets(core, tenant, "changePermissions", [{ ...first!, permission: "Password admin" }]);
  expect((await core.batch(demoted)).brake).toMatchObject({ users: 0, admins: 1, needs: "approval" });
  const renamed = await planTargets(core, tenant, "updateUsers", [{ ...first!, displayName: "Someone else" }]);
  expect((await core.batch(renamed)).brake).toMatchObject({ users: 0, admins: 1, needs: "approval" });
  await core.context.db.sql`update users set usage_location = 'NL' where customer_id = ${tenant.id}`;
  const give = (no: number, disabledPlans: string[]) =>
    planTargets(core, tenant, "changeLicenses", [
      { ...named(tenant, no, no)[0]!, add: [{ sku: e3.skuPartNumber, disabledPlans }] },
    ]);
  for (const disabledPlans of [[], ["TEAMS1"]]) {
    const licensing = await core.batch(await give(1, disabledPlans));
    expect(licensing).toMatchObject({ plan: { update: 1 }, brake: { users: 0, admins: 1, needs: "approval" } });
  }
  const reader = await planTargets(core, tenant, "resetPasswords", named(tenant, 2, 2));
  expect((await core.batch(reader)).brake).toMatchObject({ users: 1, admins: 0, needs: null });
  expect((await core.batch(await give(2, []))).brake).toMatchObject({ users: 0, admins: 0, needs: null });
  await core.context.db
    .sql`update users set deleted_at = now() where customer_id = ${tenant.id} and display_name = 'Display u1'`;
  const restored = await planTargets(core, tenant, "restoreUsers", [first!]);
  expect((await core.batch(restored)).brake).toMatchObject({ users: 0, admins: 1, needs: "approval" });
});

test("whoever gets an admin role counts as one who holds it, be they there already or new", async () => {
  const tenant = await staffed(3);
  const needs = async (batchId: string) => {
    const { brake } = await core.batch(batchId);
    return [brake.users, brake.admins, brake.needs];
  };
  const give = (permission: string) =>
    planTargets(core, tenant, "changePermissions", [{ ...named(tenant, 2, 2)[0]!, permission }]);
  expect(await needs(await give("Global admin"))).toEqual([0, 1, "approval"]);
  expect(await needs(await give("Reports reader"))).toEqual([0, 0, null]);
  const made = await core.plan(tenant, [
    person("n1"),
    person("n2", { permission: "Global admin" }),
    person("n3", { permission: "Reports reader" }),
  ]);
  expect(await needs(made.id)).toEqual([0, 1, "approval"]);
  await applyBatch(core.context, admin, made.id);
  await refuseBatch(core.context, admin, made.id, { planVersion: 1 });
  expect(await state(made.id)).toBe("ready");

  const file = `User name,Display name,Permission\n${upn(tenant, "u1")},Other,\n${upn(tenant, "n4")},New,Global admin\n${upn(tenant, "n5")},New,\n`;
  const mixed = await core.upload(tenant, file, { onExisting: "update" });
  expect(mixed.plan).toMatchObject({ update: 1, create: 2 });
  expect(await needs(mixed.id)).toEqual([0, 1, "approval"]);
  await changeRows(core.context, admin, mixed.id, [{ rowNo: 2, values: { Permission: "" } }]);
  expect(await needs(mixed.id)).toEqual([0, 0, null]);
  await changeRows(core.context, admin, mixed.id, [{ rowNo: 3, values: { Permission: "Global admin" } }]);
  expect(await needs(mixed.id)).toEqual([0, 1, "approval"]);
});

test("an undo that only restores a user with an admin role counts as one that touches them", async () => {
  const tenant = await staffed(3);
  await core.context.db.sql`insert into role_assignments (user_id, role)
    select id, 'globalAdmin' from users where customer_id = ${tenant.id} and display_name = 'Display u1'`;
  const deleted = await planTargets(core, tenant, "deleteUsers", named(tenant, 1, 1));
  await applyBatch(core.context, admin, deleted);
  await approveBatch(core.context, second, deleted, { planVersion: 1 });
  await runBatch(core.context, deleted);
  const { batchId } = await submitUndo(core.context, admin, deleted);
  const { plan, brake } = await core.batch(batchId);
  expect([plan.restore, brake]).toMatchObject([1, { users: 0, admins: 1, needs: "approval" }]);
});

test("whoever approves needs the authority for what the plan does, and to whom", async () => {
  const tenant = await staffed(10);
  await core.context.db.sql`insert into role_assignments (user_id, role)
    select id, 'globalAdmin' from users where customer_id = ${tenant.id} and display_name = 'Display u1'`;
  const id = await deletion(tenant, 6);
  await applyBatch(core.context, admin, id);
  const holding = (...roles: GdapRole[]): Actor => ({
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
  const made = await core.plan(tenant, [person("boss", { permission: "Global admin" })]);
  await applyBatch(core.context, admin, made.id);
  const guardian = holding("privilegedAuthenticationAdministrator");
  expect(await refusal(approveBatch(core.context, guardian, made.id, { planVersion: 1 }))).toBe("forbidden");
  await approveBatch(core.context, holding("globalAdministrator"), id, { planVersion: 1 });
  expect(await state(id)).toBe("running");
});

test("for a day an agent counts as whoever made or let them in, so that nobody is the second for themselves", async () => {
  const tenant = await staffed(10);
  const { context } = core;
  const made = async (maker: Actor, name: string): Promise<Actor> => {
    const email = `${newId()}@partner.example`;
    const { id } = await createAgent(context, maker, { name, email, partnerRole: "adminAgent" }, "no hash");
    const at = { customerId: tenant.id, name: "Contoso", roles: ["globalAdministrator" as const] };
    return {
      kind: "agent",
      id,
      name,
      authority: { kind: "agent", agentId: id, keyId: null, partnerRole: "adminAgent", key: null, at },
    };
  };
  const [ada, carl] = [await made(admin, "Ada"), await made(admin, "Carl")];
  const [bo, dee] = [await made(ada, "Bo"), await made(ada, "Dee")];
  const cleo = await made(bo, "Cleo");
  const id = await deletion(tenant, 6);
  const asked = async (asker: Actor) => {
    if ((await state(id)) === "awaiting_approval") await refuseBatch(context, asker, id, { planVersion: 1 });
    await applyBatch(context, asker, id);
  };
  const approved = (approver: Actor) => approveBatch(context, approver, id, { planVersion: 1 });
  for (const [asker, approver] of [
    [ada, bo],
    [bo, ada],
    [bo, dee],
    [ada, cleo],
    [cleo, dee],
  ] as const) {
    await asked(asker);
    expect(await refusal(approved(approver))).toBe("approval_related");
  }
  await asked(bo);
  await removeAgent(context, admin, bo.id);
  expect(await refusal(approved(ada))).toBe("approval_related");
  await asked(ada);
  expect(await refusal(approved(cleo))).toBe("approval_related");
  await resetSignIn(context, ada, carl.id, { passwordHash: null, twoFactor: true, keepApiKeys: false });
  const { code, message } = await problemOf(approved(carl));
  expect([code, message]).toEqual(["approval_related", expect.stringMatching(/^You and Ada count as one agent /)]);

  const off: BrakeLimits = { users: null, percent: null, admins: false };
  const save = (actor: Actor, limits: BrakeLimits, agree = false) =>
    changeCustomerBrakes(context, actor, tenant.id, { limits, agree });
  await save(ada, off);
  expect(await refusal(save(cleo, off, true))).toBe("approval_related");
  expect(await readCustomerBrakes(context, tenant.id)).toMatchObject({ limits: usualLimits, asked: { byId: ada.id } });
  await save(cleo, { ...usualLimits, users: 5 });
  expect((await readCustomerBrakes(context, tenant.id)).limits.users).toBe(5);

  const endDay = (of: Actor) =>
    context.db.sql`update agents set let_in_at = now() - interval '25 hours' where id = ${of.id}`;
  await asked(dee);
  await save(dee, off);
  await endDay(dee);
  const eve = await made(dee, "Eve");
  expect(await refusal(approved(eve))).toBe("approval_related");
  expect(await refusal(save(eve, off, true))).toBe("approval_related");

  await endDay(cleo);
  await save(ada, off);
  await save(cleo, off, true);
  expect(await readCustomerBrakes(context, tenant.id)).toEqual({ limits: off, own: true, asked: null });
  await approved(cleo);
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
  const save = (actor: Actor, limits: BrakeLimits | null, agree = false) =>
    changeCustomerBrakes(core.context, actor, tenant.id, { limits, agree });
  const read = () => readCustomerBrakes(core.context, tenant.id);
  await save(admin, own);
  await save(second, own, true);
  expect(await read()).toEqual({ limits: own, own: true, asked: null });
  expect((await core.batch(id)).brake.needs).toBe("confirmation");
  await save(admin, null);
  expect(await read()).toMatchObject({ limits: { users: 6, percent: 10, admins: true }, asked: { limits: null } });
  await save(second, null, true);
  expect(await read()).toEqual({ limits: usualLimits, own: false, asked: null });
  const records = await core.context.db.sql`
    select before, after from audit where customer_id = ${tenant.id} and operation = 'change_brakes' order by id`;
  expect(records).toHaveLength(4);
  expect(records[1]).toMatchObject({
    before: { limits: { ...usualLimits, users: 6 }, own: true, asked: { limits: own, byId: admin.id } },
    after: { limits: own, own: true, asked: null },
  });
});

test("what one agent loosens counts for nobody until another one agrees to it, and what is stricter counts at once", async () => {
  const off: BrakeLimits = { users: null, percent: null, admins: false };
  const tenant = await staffed(10);
  const id = await deletion(tenant, 6);
  const token = { ...second, id: environmentToken.id };
  const own = (actor: Actor, limits: BrakeLimits | null, agree = false) =>
    changeCustomerBrakes(core.context, actor, tenant.id, { limits, agree });
  for (const loosen of [own, changeAll]) {
    expect(await refusal(loosen(second, off, true))).toBe("limits_changed");
    for (const actor of [admin, admin]) await loosen(actor, off);
    expect((await core.batch(id)).brake).toMatchObject({
      needs: "approval",
      why: expect.stringMatching(/10 % need .* Looser limits have been asked for, and count once another/) as string,
    });
    await applyBatch(core.context, admin, id);
    await refuseBatch(core.context, admin, id, { planVersion: 1 });
    expect(await state(id)).toBe("ready");
    expect(await refusal(loosen(admin, off, true))).toBe("approval_own");
    // The token of the environment is neither the first nor the second.
    for (const agree of [false, true]) expect(await refusal(loosen(token, off, agree))).toBe("forbidden");
    expect(await refusal(loosen(second, { ...off, users: 99 }, true))).toBe("limits_changed");
    // What a second agent saves is no yes, be it the same, and stands in place of what was asked for.
    await loosen(second, off);
    expect(await refusal(loosen(second, off, true))).toBe("approval_own");
    await loosen(second, { ...usualLimits, percent: 5 });
    expect(await readCustomerBrakes(core.context, tenant.id)).toMatchObject({
      limits: { ...usualLimits, percent: 5 },
      asked: null,
    });
    await loosen(admin, { users: 50, percent: 80, admins: false });
    await loosen(second, { users: 50, percent: 80, admins: false }, true);
    expect((await core.batch(id)).brake.needs).toBe("confirmation");
    await loosen(token, usualLimits);
    expect(await readCustomerBrakes(core.context, tenant.id)).toMatchObject({ limits: usualLimits, asked: null });
    await own(admin, null);
  }
});

test("of two who change limits at once, neither takes back what the other has made stricter", async () => {
  const { sql, pool } = core.context.db;
  await changeAll(admin, { ...usualLimits, users: 10 });
  const waiting = async (count: number) =>
    await eventually(async () => {
      const [{ waits } = { waits: 0 }] = await sql<{ waits: number }[]>`
        select count(*)::int as waits from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      expect(waits).toBe(count);
    });
  const [stricter, looser] = await inTransaction(pool, async (tx) => {
    await tx.rows(text`select from installation where name = 'brakes' for update`);
    const first = changeAll(second, { ...usualLimits, users: 5 });
    await waiting(1);
    const then = changeAll(admin, { ...usualLimits, users: 1000 });
    await waiting(2);
    return [first, then];
  });
  await Promise.all([stricter, looser]);
  expect(await readLimits(core.context)).toMatchObject({ users: 5, asked: { limits: { users: 1000 } } });
  await changeAll(admin, usualLimits);
  await changeAll(second, usualLimits, true);
});

test("what waits for a yes can be cancelled, and expires like a plan that nobody starts", async () => {
  const [cancelled, old] = [await deletion(await staffed(10), 6), await deletion(await staffed(10), 6)];
  for (const id of [cancelled, old]) await applyBatch(core.context, admin, id);
  await cancelBatch(core.context, admin, cancelled);
  await core.context.db.sql`update batches set created_at = now() - interval '91 days' where id = ${old}`;
  await sweep(core.context, { keepRowsDays: 90 });
  expect([await state(cancelled), await state(old)]).toEqual(["cancelled", "cancelled"]);
});

/** A batch that has ended and deleted one of ten users; its other five rows named nobody, and now name users as well. */
async function mended(): Promise<{ tenant: TestTenant; id: string }> {
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
  return { tenant, id };
}

test("rows that are changed after they failed wait for a second agent, and run for whoever asked", async () => {
  const { tenant, id } = await mended();
  const why = "The retry deletes 5 users of the customer's 9 (55.6 %); more than 10 % need the yes of a second agent.";
  expect((await previewRetry(core.context, admin, id, {})).brake).toMatchObject({ users: 5, needs: "approval", why });
  expect((await previewRetry(core.context, admin, id, { rowNos: [2] })).brake.needs).toBeNull();
  expect(await refusal(retryChunk(core.context, admin, id, 1))).toBe("approval_needed");
  const before = await core.batch(id);
  await retryBatch(core.context, admin, id, {});
  const asked = await core.batch(id);
  expect(asked).toMatchObject({
    state: "awaiting_approval",
    totals: before.totals,
    brake: { users: 5, of: 9, needs: "approval", why },
    approval: { askedById: admin.id, planVersion: before.planVersion + 1, retriedRows: 5, decision: null },
  });
  await runBatch(core.context, id);
  expect(await active(tenant)).toBe(9);
  const { planVersion } = asked;
  expect(await refusal(retryBatch(core.context, second, id, { rowNos: [2] }))).toBe("batch_state");
  expect(await refusal(changeRows(core.context, admin, id, [{ rowNo: 2, values: { "User name": "u9" } }]))).toBe(
    "batch_state",
  );
  expect(await refusal(approveBatch(core.context, admin, id, { planVersion }))).toBe("approval_own");
  expect(await refusal(approveBatch(core.context, second, id, { planVersion: planVersion + 1 }))).toBe("plan_changed");
  await approveBatch(core.context, second, id, { planVersion });
  expect((await runBatch(core.context, id)).totals).toMatchObject({ succeeded: 6, failed: 0 });
  expect(await active(tenant)).toBe(4);
  expect((await acts(id)).slice(-3).map(({ operation, actor }) => [operation, actor])).toEqual([
    ["ask_approval", admin.name],
    ["approve_batch", second.name],
    ["retry_batch", admin.name],
  ]);
});

test("a retry below the limits runs for whoever names how many users it hits", async () => {
  const { tenant, id } = await mended();
  await core.context.db.sql`
    update customers set brakes = '{"users":50,"percent":60,"admins":true}' where id = ${tenant.id}`;
  const why = "The retry deletes 5 users of the customer's 9 (55.6 %).";
  const { brake } = await previewRetry(core.context, admin, id, {});
  expect(brake).toEqual({ users: 5, admins: 0, of: 9, needs: "confirmation", why });
  for (const confirm of [undefined, 4]) {
    expect(await refusal(retryBatch(core.context, admin, id, { confirm }))).toBe("confirmation_needed");
  }
  expect(await refusal(retryChunk(core.context, admin, id, 1))).toBe("confirmation_needed");
  await runBatch(core.context, id);
  expect(await active(tenant)).toBe(9);
  await retryBatch(core.context, admin, id, { confirm: 5 });
  expect((await runBatch(core.context, id)).totals).toMatchObject({ succeeded: 6, failed: 0 });
});

test("in a batch that is paused, a retry asks for the number of its own rows", async () => {
  const tenant = await staffed(40);
  const id = await deletion(tenant, 4);
  await applyBatch(core.context, admin, id, { confirm: 4 });
  const { sql } = core.context.db;
  await sql`update batches set state = 'paused', paused_at = now() where id = ${id}`;
  await sql`update row_results set state = 'failed', code = 'user_unknown', attempts = 1
    where batch_id = ${id} and row_no <= 2`;
  await sql`update chunks set pending = 2, failed = 2 where batch_id = ${id}`;
  const why = "The retry deletes 2 users of the customer's 40 (5 %).";
  expect((await previewRetry(core.context, admin, id, {})).brake).toMatchObject({ users: 2, why });
  expect((await previewRetry(core.context, admin, id, { rowNos: [1] })).brake).toMatchObject({ users: 1, needs: null });
  expect((await previewRetry(core.context, admin, id, { rowNos: [3] })).brake).toMatchObject({ users: 0, needs: null });
  expect(await refusal(retryBatch(core.context, admin, id, { confirm: 4 }))).toBe("confirmation_needed");
  expect(await retryBatch(core.context, admin, id, { confirm: 2 })).toEqual({ reopened: 2 });
  expect((await core.batch(id)).brake.users).toBe(4);
});

test("a retry that is not approved leaves the batch where it was, and is not told as its end once more", async () => {
  const { tenant, id } = await mended();
  await core.context.db.sql`
    insert into webhooks (id, name, address, customer_id, events, sealed, created_by)
    values (${newId()}, 'All', 'https://x.example', ${tenant.id}, '{batch.awaiting_approval,batch.failed_in_part}', '', 'x')`;
  const endings = [
    () => refuseBatch(core.context, second, id, { planVersion: 2, note: "Not these" }),
    () => refuseBatch(core.context, admin, id, { planVersion: 3 }),
    () => cancelBatch(core.context, admin, id),
  ];
  const before = await core.batch(id);
  for (const end of endings) {
    await retryBatch(core.context, admin, id, {});
    await core.context.db.sql`update batches set created_at = now() - interval '91 days' where id = ${id}`;
    await sweep(core.context, { keepRowsDays: 90 });
    expect(await state(id)).toBe("awaiting_approval");
    await end();
    expect(await core.batch(id)).toMatchObject({
      state: "finished",
      totals: before.totals,
      finishedAt: before.finishedAt,
    });
  }
  const told = await core.context.db.sql<{ event: string }[]>`
    select event from webhook_deliveries join webhooks on webhooks.id = webhook_id where customer_id = ${tenant.id}`;
  expect(told.map(({ event }) => event)).toEqual(endings.map(() => "batch.awaiting_approval"));
});

test("a question about a retry ends with the rows of its batch, as a plan does that nobody starts", async () => {
  const { id } = await mended();
  await retryBatch(core.context, admin, id, {});
  await core.context.db.sql`update batches set finished_at = now() - interval '91 days' where id = ${id}`;
  await sweep(core.context, { keepRowsDays: 90 });
  expect(await core.batch(id)).toMatchObject({
    state: "finished",
    approval: { decision: { approved: false, by: "Muster", note: expect.stringContaining("90 days") as string } },
  });
  expect((await acts(id)).at(-1)).toMatchObject({ operation: "refuse_batch", actor: "Muster" });
});

test("a yes to a retry is about its rows and the users that they hit, and is used up by it", async () => {
  const tenant = await staffed(10);
  const id = await deletion(tenant, 6);
  await cancelBatch(core.context, admin, id);
  await retryBatch(core.context, admin, id, { rowNos: [1, 2] });
  const { planVersion } = await core.batch(id);
  await core.context.db.sql`insert into role_assignments (user_id, role)
    select id, 'globalAdmin' from users where customer_id = ${tenant.id} and display_name = 'Display u1'`;
  expect(await refusal(approveBatch(core.context, second, id, { planVersion }))).toBe("approval_needed");
  await refuseBatch(core.context, second, id, { planVersion });
  expect(await state(id)).toBe("cancelled");
  await retryBatch(core.context, admin, id, { rowNos: [1, 2] });
  expect(await refusal(approveBatch(core.context, second, id, { planVersion }))).toBe("plan_changed");
  await approveBatch(core.context, second, id, { planVersion: planVersion + 1 });
  await runBatch(core.context, id);
  expect(await active(tenant)).toBe(8);
  await retryBatch(core.context, admin, id, { rowNos: [3, 4] });
  expect(await state(id)).toBe("awaiting_approval");
});

test("a retry of what was approved needs no second yes, unless a row was changed since", async () => {
  const tenant = await staffed(10);
  const id = await deletion(tenant, 6);
  await applyBatch(core.context, admin, id);
  await approveBatch(core.context, second, id, { planVersion: 1 });
  const { sql } = core.context.db;
  const fail = async () => {
    await sql`update row_results set state = 'failed', code = 'user_unknown', attempts = 1 where batch_id = ${id}`;
    await sql`update chunks set state = 'done', pending = 0, failed = 6 where batch_id = ${id}`;
  };
  await fail();
  await runBatch(core.context, id);
  await retryBatch(core.context, admin, id, {});
  expect(await state(id)).toBe("running");

  await fail();
  await runBatch(core.context, id);
  await sql`insert into role_assignments (user_id, role)
    select id, 'globalAdmin' from users where customer_id = ${tenant.id} and display_name = 'Display u1'`;
  await retryBatch(core.context, admin, id, {});
  const { planVersion } = await core.batch(id);
  await refuseBatch(core.context, second, id, { planVersion, note: "Not an admin" });
  await sql`delete from role_assignments where role = 'globalAdmin'
    and user_id in (select id from users where customer_id = ${tenant.id})`;
  await retryBatch(core.context, admin, id, {});
  expect(await state(id)).toBe("running");
  // Of all questions the batch has the last; the audit has each with its answer.
  expect((await acts(id)).map(({ operation, after }) => [operation, after])).toMatchObject([
    ["ask_approval", { planVersion: 1, users: 6, admins: 0 }],
    ["approve_batch", { planVersion: 1, askedById: admin.id }],
    ["retry_batch", { reopened: 6 }],
    ["ask_approval", { planVersion, users: 6, admins: 1, retriedRows: 6 }],
    ["refuse_batch", { planVersion, note: "Not an admin" }],
    ["retry_batch", { reopened: 6 }],
  ]);

  await fail();
  await changeRows(core.context, admin, id, [{ rowNo: 1, values: { "User name": upn(tenant, "u7") } }]);
  expect(await refusal(retryBatch(core.context, admin, id, {}))).toBe("approval_needed");
  expect(await refusal(previewRetry(core.context, admin, id, {}))).toBe("approval_needed");
});

test("a yes is for the rows that it was asked for: others of the same batch do not run under it later", async () => {
  const tenant = await staffed(22);
  const gone = async (from: number, to: number) => {
    for (let no = from; no <= to; no++) await core.deleteUser(tenant, `u${no}`);
  };
  await gone(1, 11);
  const rows = named(tenant, 1, 22).map((row, at) => ({ ...row, confirm: `Display u${at + 1}` }));
  const id = await planTargets(core, tenant, "removeUsers", rows);
  await applyBatch(core.context, admin, id);
  await approveBatch(core.context, second, id, { planVersion: 1 });
  expect((await runBatch(core.context, id)).totals).toMatchObject({ succeeded: 11, failed: 11 });
  await gone(12, 22);
  expect((await previewRetry(core.context, admin, id, {})).brake).toMatchObject({ users: 11, needs: "approval" });
  expect(await refusal(retryChunk(core.context, admin, id, 1))).toBe("approval_needed");
  await retryBatch(core.context, admin, id, {});
  expect(await core.batch(id)).toMatchObject({ state: "awaiting_approval", approval: { retriedRows: 11 } });
});

test("users chosen by a filter are counted, those chosen one by one are named", async () => {
  const tenant = await staffed(40);
  const planned = await planSelection(core, tenant, "resetPasswords", { filter: {} });
  expect((await core.batch(planned)).brake).toMatchObject({ users: 40, of: 40, needs: "approval" });
});
