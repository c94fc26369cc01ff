import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { BatchOptions } from "../../../contract/batch.ts";
import type { GdapRole } from "../../../contract/authority.ts";
import type { UserInput } from "../../../contract/user.ts";
import type { Actor } from "../../../core/actor.ts";
import { applyBatch } from "../../../core/batches/run/apply-batch.ts";
import { resumeBatch } from "../../../core/batches/run/pause-batch.ts";
import { retryBatch } from "../../../core/batches/run/retry-batch.ts";
import { claimChunks } from "../../../core/batches/run/claim-chunks.ts";
import { submitRows } from "../../../core/batches/submit/submit-rows.ts";
import { openWindow, runBatch, runOne } from "../../support/run-batch.ts";
import {
  admin,
  bothDefaults,
  e3,
  endings,
  openTestCore,
  people,
  person,
  type TestCore,
  type TestTenant,
  plansOf,
} from "../test-core.ts";
import { actorAt, grant, makeAgent, type TestAgent } from "./agents.ts";

let core: TestCore;
beforeAll(async () => {
  core = await openTestCore();
});
afterEach(() => core.resetClock());
afterAll(() => core.close());

async function planAs(actor: Actor, tenant: TestTenant, rows: UserInput[], options: Partial<BatchOptions> = {}) {
  const request = {
    customerId: tenant.id,
    operation: "createUsers" as const,
    source: "json" as const,
    rows,
    options: { ...bothDefaults, ...options },
  };
  const { batchId } = await submitRows(core.context, actor, request, { apply: false });
  return await core.batch(batchId);
}

async function agentWith(tenant: TestTenant, ...roles: GdapRole[]): Promise<TestAgent> {
  const agent = await makeAgent(core.context);
  for (const role of roles) await grant(core.context, agent, tenant, role);
  return agent;
}

async function giveRole(tenant: TestTenant, name: string, role: string): Promise<void> {
  const { id } = await core.user(tenant, name);
  await core.context.db.sql`insert into role_assignments (user_id, role) values (${id}, ${role})`;
}

describe("the plan of an agent who may not do everything", () => {
  test("a row that asks for a permission is invalid, and its neighbours are not", async () => {
    const tenant = await core.makeCustomer();
    const actor = await actorAt(core.context, await agentWith(tenant, "userAdministrator"), tenant);
    const rows = [
      person("anna"),
      person("bert", { permission: "Global admin" }),
      person("cleo", { permission: "User" }),
    ];
    const batch = await planAs(actor, tenant, rows);
    expect(plansOf(await core.rows(batch.id))).toEqual(["create", "invalid forbidden", "create"]);
    expect(batch.plan).toMatchObject({ create: 2, invalid: 1 });
    const row = await core.row(batch.id, 2);
    expect(row).toMatchObject({ state: "failed", field: "permission" });
    expect(row.message).toContain("this needs Privileged Role Administrator at Customer");
  });

  test("rows are refused by what they change and by the roles of their own users", async () => {
    const tenant = await core.makeCustomer();
    const names = ["plain", "blocked", "chief", "clerk", "helper", "same"];
    await core.provision(
      tenant,
      names.map((name) => person(name)),
    );
    await giveRole(tenant, "chief", "globalAdmin");
    await giveRole(tenant, "helper", "passwordAdmin");
    const rows = [
      person("plain", { city: "Oslo" }),
      person("blocked", { accountEnabled: false }),
      person("chief", { accountEnabled: false }),
      person("clerk", { permission: "Password admin" }),
      person("helper", { accountEnabled: false }),
      person("same"),
    ];
    const plansFor = async (...roles: GdapRole[]) => {
      const actor = await actorAt(core.context, await agentWith(tenant, ...roles), tenant);
      return plansOf(await core.rows((await planAs(actor, tenant, rows, { onExisting: "update" })).id));
    };
    const [yes, no] = ["update", "invalid forbidden"];
    expect(await plansFor("directoryReader")).toEqual([no, no, no, no, no, "unchanged"]);
    expect(await plansFor("userAdministrator")).toEqual([yes, yes, no, no, yes, "unchanged"]);
    expect(await plansFor("privilegedAuthenticationAdministrator")).toEqual([yes, yes, yes, no, yes, "unchanged"]);
    expect(await plansFor("privilegedRoleAdministrator")).toEqual([no, no, no, yes, no, "unchanged"]);
    expect(await plansFor("globalAdministrator")).toEqual([yes, yes, yes, yes, yes, "unchanged"]);
  });

  test("a License Administrator gives places and licenses to users, and changes nothing else of them", async () => {
    const tenant = await core.makeCustomer([{ skuPartNumber: e3.skuPartNumber, total: 5 }]);
    await core.provision(tenant, [person("anna"), person("bert"), person("cleo")]);
    const actor = await actorAt(core.context, await agentWith(tenant, "licenseAdministrator"), tenant);
    const license = { usageLocation: "NO", licenses: [{ sku: e3.skuPartNumber }] };
    const rows = [person("anna", license), person("bert", { ...license, city: "Oslo" }), person("dora")];
    const batch = await planAs(actor, tenant, rows, { onExisting: "update" });
    expect(plansOf(await core.rows(batch.id))).toEqual(["update", "invalid forbidden", "invalid forbidden"]);
    expect(batch.seats).toMatchObject([{ needed: 1, free: 5 }]);
  });

  test("restoring a deleted admin needs who guards admins", async () => {
    const tenant = await core.makeCustomer();
    await core.provision(tenant, [person("anna"), person("boss")]);
    await giveRole(tenant, "boss", "globalAdmin");
    for (const name of ["anna", "boss"]) await core.deleteUser(tenant, name);
    const plansFor = async (role: GdapRole) => {
      const actor = await actorAt(core.context, await agentWith(tenant, role), tenant);
      const batch = await planAs(actor, tenant, [person("anna"), person("boss")], { onDeleted: "restore" });
      return plansOf(await core.rows(batch.id));
    };
    expect(await plansFor("userAdministrator")).toEqual(["restore", "invalid forbidden"]);
    expect(await plansFor("privilegedAuthenticationAdministrator")).toEqual(["restore", "restore"]);
  });

  test("many rows are refused as few are", async () => {
    const tenant = await core.makeCustomer();
    const actor = await actorAt(core.context, await agentWith(tenant, "directoryWriter"), tenant);
    const rows = people(1500).map((one, at) => (at % 500 === 7 ? { ...one, permission: "Service admin" } : one));
    const { id, plan } = await planAs(actor, tenant, rows);
    expect(plan).toMatchObject({ create: 1497, invalid: 3 });
    await applyBatch(core.context, actor, id);
    expect((await runBatch(core.context, id)).totals).toMatchObject({ succeeded: 1497, failed: 3 });
  });
});

describe("who may do more", () => {
  test("retries the rows that somebody else was refused", async () => {
    const tenant = await core.makeCustomer();
    const writer = await actorAt(core.context, await agentWith(tenant, "directoryWriter"), tenant);
    const { id } = await planAs(writer, tenant, [person("anna"), person("bert", { permission: "Global admin" })]);
    await applyBatch(core.context, writer, id);
    await runBatch(core.context, id);
    const chief = await actorAt(core.context, await agentWith(tenant, "globalAdministrator"), tenant);
    await retryBatch(core.context, chief, id, { codes: ["forbidden"] });
    expect((await runBatch(core.context, id)).totals).toMatchObject({ succeeded: 2, failed: 0 });
    expect((await core.user(tenant, "bert")).permission).toEqual(["globalAdmin"]);
  });

  test("lends nothing to who applies the plan after them", async () => {
    const tenant = await core.makeCustomer();
    const { id } = await planAs(admin, tenant, [person("anna"), person("bert", { permission: "Global admin" })]);
    const writer = await actorAt(core.context, await agentWith(tenant, "directoryWriter"), tenant);
    await applyBatch(core.context, writer, id);
    await runBatch(core.context, id);
    expect(endings(await core.rows(id))).toEqual(["succeeded", "failed forbidden"]);
  });
});

describe("between plan and apply", () => {
  test("a user who was given an admin role is refused, and the neighbours are done", async () => {
    const tenant = await core.makeCustomer();
    await core.provision(tenant, [person("anna"), person("bert")]);
    const actor = await actorAt(core.context, await agentWith(tenant, "userAdministrator"), tenant);
    const rows = [person("anna", { accountEnabled: false }), person("bert", { accountEnabled: false })];
    const { id } = await planAs(actor, tenant, [...rows, person("cleo")], { onExisting: "update" });
    await giveRole(tenant, "anna", "globalAdmin");
    await applyBatch(core.context, actor, id);
    await runBatch(core.context, id);
    expect(endings(await core.rows(id))).toEqual(["failed forbidden", "succeeded", "succeeded"]);
    expect((await core.row(id, 1)).userId).toBe((await core.user(tenant, "anna")).id);
    expect((await core.user(tenant, "anna")).accountEnabled).toBe(true);
    expect(await core.audited(id)).toMatchObject({ update_customer_user: 1 });
  });

  test("a grant that ended stops the batch with a cause before anything is done", async () => {
    const tenant = await core.makeCustomer();
    const agent = await makeAgent(core.context);
    await grant(core.context, agent, tenant, "userAdministrator", { days: 2 });
    const actor = await actorAt(core.context, agent, tenant);
    const { id } = await planAs(actor, tenant, people(3));
    await applyBatch(core.context, actor, id);
    core.passDays(3);
    const stopped = await runBatch(core.context, id);
    expect(stopped).toMatchObject({ state: "paused", stopped: { code: "forbidden" }, totals: { pending: 3 } });
    expect(stopped.stopped?.message).toContain("Directory Writer or User Administrator at Customer");
    const audit = await core.context.db.sql`select from audit where batch_id = ${id} and operation = 'stop_batch'`;
    expect(audit).toHaveLength(1);
  });

  test("an agent or a group that is gone may do nothing", async () => {
    const tenant = await core.makeCustomer();
    const agent = await agentWith(tenant, "globalAdministrator");
    const actor = await actorAt(core.context, agent, tenant);
    const { id } = await planAs(actor, tenant, people(1));
    await applyBatch(core.context, actor, id);
    await core.context.db.sql`delete from agents where id = ${agent.id}`;
    expect(await runBatch(core.context, id)).toMatchObject({ state: "paused", stopped: { code: "forbidden" } });
  });
});

test("a grant that ends in the middle of a batch stops the rest, and who may do it resumes the batch", async () => {
  const tenant = await core.makeCustomer();
  const agent = await makeAgent(core.context);
  await grant(core.context, agent, tenant, "userAdministrator", { days: 2 });
  const actor = await actorAt(core.context, agent, tenant);
  const { id } = await planAs(actor, tenant, people(2500));
  await applyBatch(core.context, actor, id);
  await openWindow(core.context.db, id);
  const [first, second] = await claimChunks(core.context.db, 2);
  if (first === undefined || second === undefined) throw new Error("there are no two chunks");
  expect((await runOne(core.context, first)).kind).toBe("done");
  core.passDays(3);
  expect((await runOne(core.context, second)).kind).toBe("stale");
  const stopped = await runBatch(core.context, id);
  expect(stopped).toMatchObject({ state: "paused", stopped: { code: "forbidden" } });
  expect(stopped.totals).toMatchObject({ succeeded: 200, pending: 2300, failed: 0 });

  const other = await actorAt(core.context, await agentWith(tenant, "globalAdministrator"), tenant);
  await resumeBatch(core.context, other, id);
  expect(await runBatch(core.context, id)).toMatchObject({
    state: "finished",
    stopped: null,
    totals: { succeeded: 2500, pending: 0 },
  });
});
