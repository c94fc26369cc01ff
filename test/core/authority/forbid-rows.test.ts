import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { BatchOptions } from "../../../contract/batch.ts";
import type { GdapRole } from "../../../contract/authority.ts";
import type { UserInput } from "../../../contract/user.ts";
import type { Actor } from "../../../core/actor.ts";
import { applyBatch } from "../../../core/batches/apply-batch.ts";
import { resumeBatch } from "../../../core/batches/pause-batch.ts";
import { retryBatch } from "../../../core/batches/retry-batch.ts";
import { claimChunks } from "../../../core/chunks/claim-chunks.ts";
import { submitRows } from "../../../core/submit/submit-rows.ts";
import { runBatch, runOne } from "../../support/run-batch.ts";
import { ada, bothDefaults, e3, endings, openDesk, people, person, type Desk, type Shop, verdicts } from "../desk.ts";
import { actorAt, grant, makeAgent, type TestAgent } from "./agents.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterEach(() => desk.resetClock());
afterAll(() => desk.close());

async function planAs(actor: Actor, shop: Shop, rows: UserInput[], options: Partial<BatchOptions> = {}) {
  const request = {
    customerId: shop.id,
    operation: "createUsers" as const,
    source: "json" as const,
    rows,
    options: { ...bothDefaults, ...options },
  };
  const { batchId } = await submitRows(desk.context, actor, request, { apply: false });
  return await desk.batch(batchId);
}

async function agentWith(shop: Shop, ...roles: GdapRole[]): Promise<TestAgent> {
  const agent = await makeAgent(desk.context);
  for (const role of roles) await grant(desk.context, agent, shop, role);
  return agent;
}

async function giveRole(shop: Shop, name: string, role: string): Promise<void> {
  const { id } = await desk.user(shop, name);
  await desk.context.db.sql`insert into role_assignments (user_id, role) values (${id}, ${role})`;
}

describe("the plan of an agent who may not do everything", () => {
  test("a row that asks for a permission is invalid, and its neighbours are not", async () => {
    const shop = await desk.makeCustomer();
    const actor = await actorAt(desk.context, await agentWith(shop, "userAdministrator"), shop);
    const rows = [
      person("anna"),
      person("bert", { permission: "Global admin" }),
      person("cleo", { permission: "User" }),
    ];
    const batch = await planAs(actor, shop, rows);
    expect(verdicts(await desk.rows(batch.id))).toEqual(["create", "invalid forbidden", "create"]);
    expect(batch.plan).toMatchObject({ create: 2, invalid: 1 });
    const row = await desk.row(batch.id, 2);
    expect(row).toMatchObject({ state: "failed", field: "permission" });
    expect(row.message).toContain("this needs Privileged Role Administrator at Customer");
  });

  test("rows are judged by what they change and by the roles of their own users", async () => {
    const shop = await desk.makeCustomer();
    const names = ["plain", "blocked", "chief", "clerk", "helper", "same"];
    await desk.provision(
      shop,
      names.map((name) => person(name)),
    );
    await giveRole(shop, "chief", "globalAdmin");
    await giveRole(shop, "helper", "passwordAdmin");
    const rows = [
      person("plain", { city: "Oslo" }),
      person("blocked", { accountEnabled: false }),
      person("chief", { accountEnabled: false }),
      person("clerk", { permission: "Password admin" }),
      person("helper", { accountEnabled: false }),
      person("same"),
    ];
    const verdictsOf = async (...roles: GdapRole[]) => {
      const actor = await actorAt(desk.context, await agentWith(shop, ...roles), shop);
      return verdicts(await desk.rows((await planAs(actor, shop, rows, { onExisting: "update" })).id));
    };
    const [yes, no] = ["update", "invalid forbidden"];
    expect(await verdictsOf("directoryReader")).toEqual([no, no, no, no, no, "unchanged"]);
    expect(await verdictsOf("userAdministrator")).toEqual([yes, yes, no, no, yes, "unchanged"]);
    expect(await verdictsOf("privilegedAuthenticationAdministrator")).toEqual([yes, yes, yes, no, yes, "unchanged"]);
    expect(await verdictsOf("privilegedRoleAdministrator")).toEqual([no, no, no, yes, no, "unchanged"]);
    expect(await verdictsOf("globalAdministrator")).toEqual([yes, yes, yes, yes, yes, "unchanged"]);
  });

  test("a License Administrator gives places and licenses to users, and changes nothing else of them", async () => {
    const shop = await desk.makeCustomer([{ skuPartNumber: e3.skuPartNumber, total: 5 }]);
    await desk.provision(shop, [person("anna"), person("bert"), person("cleo")]);
    const actor = await actorAt(desk.context, await agentWith(shop, "licenseAdministrator"), shop);
    const license = { usageLocation: "NO", licenses: [{ sku: e3.skuPartNumber }] };
    const rows = [person("anna", license), person("bert", { ...license, city: "Oslo" }), person("dora")];
    const batch = await planAs(actor, shop, rows, { onExisting: "update" });
    expect(verdicts(await desk.rows(batch.id))).toEqual(["update", "invalid forbidden", "invalid forbidden"]);
    expect(batch.seats).toMatchObject([{ needed: 1, free: 5 }]);
  });

  test("restoring a deleted admin needs who guards admins", async () => {
    const shop = await desk.makeCustomer();
    await desk.provision(shop, [person("anna"), person("boss")]);
    await giveRole(shop, "boss", "globalAdmin");
    for (const name of ["anna", "boss"]) await desk.deleteUser(shop, name);
    const verdictsOf = async (role: GdapRole) => {
      const actor = await actorAt(desk.context, await agentWith(shop, role), shop);
      const batch = await planAs(actor, shop, [person("anna"), person("boss")], { onDeleted: "restore" });
      return verdicts(await desk.rows(batch.id));
    };
    expect(await verdictsOf("userAdministrator")).toEqual(["restore", "invalid forbidden"]);
    expect(await verdictsOf("privilegedAuthenticationAdministrator")).toEqual(["restore", "restore"]);
  });

  test("many rows are judged as few are", async () => {
    const shop = await desk.makeCustomer();
    const actor = await actorAt(desk.context, await agentWith(shop, "directoryWriter"), shop);
    const rows = people(1500).map((one, at) => (at % 500 === 7 ? { ...one, permission: "Service admin" } : one));
    const { id, plan } = await planAs(actor, shop, rows);
    expect(plan).toMatchObject({ create: 1497, invalid: 3 });
    await applyBatch(desk.context, actor, id);
    expect((await runBatch(desk.context, id)).totals).toMatchObject({ succeeded: 1497, failed: 3 });
  });
});

describe("who may do more", () => {
  test("retries the rows that somebody else was refused", async () => {
    const shop = await desk.makeCustomer();
    const writer = await actorAt(desk.context, await agentWith(shop, "directoryWriter"), shop);
    const { id } = await planAs(writer, shop, [person("anna"), person("bert", { permission: "Global admin" })]);
    await applyBatch(desk.context, writer, id);
    await runBatch(desk.context, id);
    const chief = await actorAt(desk.context, await agentWith(shop, "globalAdministrator"), shop);
    await retryBatch(desk.context, chief, id, { codes: ["forbidden"] });
    expect((await runBatch(desk.context, id)).totals).toMatchObject({ succeeded: 2, failed: 0 });
    expect((await desk.user(shop, "bert")).permission).toEqual(["globalAdmin"]);
  });

  test("lends nothing to who applies the plan after them", async () => {
    const shop = await desk.makeCustomer();
    const { id } = await planAs(ada, shop, [person("anna"), person("bert", { permission: "Global admin" })]);
    const writer = await actorAt(desk.context, await agentWith(shop, "directoryWriter"), shop);
    await applyBatch(desk.context, writer, id);
    await runBatch(desk.context, id);
    expect(endings(await desk.rows(id))).toEqual(["succeeded", "failed forbidden"]);
  });
});

describe("between plan and apply", () => {
  test("a user who was given an admin role is refused, and the neighbours are done", async () => {
    const shop = await desk.makeCustomer();
    await desk.provision(shop, [person("anna"), person("bert")]);
    const actor = await actorAt(desk.context, await agentWith(shop, "userAdministrator"), shop);
    const rows = [person("anna", { accountEnabled: false }), person("bert", { accountEnabled: false })];
    const { id } = await planAs(actor, shop, [...rows, person("cleo")], { onExisting: "update" });
    await giveRole(shop, "anna", "globalAdmin");
    await applyBatch(desk.context, actor, id);
    await runBatch(desk.context, id);
    expect(endings(await desk.rows(id))).toEqual(["failed forbidden", "succeeded", "succeeded"]);
    expect((await desk.row(id, 1)).userId).toBe((await desk.user(shop, "anna")).id);
    expect((await desk.user(shop, "anna")).accountEnabled).toBe(true);
    expect(await desk.audited(id)).toMatchObject({ update_customer_user: 1 });
  });

  test("a grant that ended stops the batch with a cause before anything is done", async () => {
    const shop = await desk.makeCustomer();
    const agent = await makeAgent(desk.context);
    await grant(desk.context, agent, shop, "userAdministrator", { days: 2 });
    const actor = await actorAt(desk.context, agent, shop);
    const { id } = await planAs(actor, shop, people(3));
    await applyBatch(desk.context, actor, id);
    desk.passDays(3);
    const stopped = await runBatch(desk.context, id);
    expect(stopped).toMatchObject({ state: "paused", stopped: { code: "forbidden" }, totals: { pending: 3 } });
    expect(stopped.stopped?.message).toContain("Directory Writer or User Administrator at Customer");
    const audit = await desk.context.db.sql`select from audit where batch_id = ${id} and operation = 'stop_batch'`;
    expect(audit).toHaveLength(1);
  });

  test("an agent or a group that is gone may do nothing", async () => {
    const shop = await desk.makeCustomer();
    const agent = await agentWith(shop, "globalAdministrator");
    const actor = await actorAt(desk.context, agent, shop);
    const { id } = await planAs(actor, shop, people(1));
    await applyBatch(desk.context, actor, id);
    await desk.context.db.sql`delete from agents where id = ${agent.id}`;
    expect(await runBatch(desk.context, id)).toMatchObject({ state: "paused", stopped: { code: "forbidden" } });
  });
});

test("a grant that ends in the middle of a batch stops the rest, and who may do it resumes the batch", async () => {
  const shop = await desk.makeCustomer();
  const agent = await makeAgent(desk.context);
  await grant(desk.context, agent, shop, "userAdministrator", { days: 2 });
  const actor = await actorAt(desk.context, agent, shop);
  const { id } = await planAs(actor, shop, people(2500));
  await applyBatch(desk.context, actor, id);
  const [first, second] = await claimChunks(desk.context.db, 2);
  if (first === undefined || second === undefined) throw new Error("there are no two chunks");
  expect((await runOne(desk.context, first)).kind).toBe("done");
  desk.passDays(3);
  expect((await runOne(desk.context, second)).kind).toBe("stale");
  const stopped = await runBatch(desk.context, id);
  expect(stopped).toMatchObject({ state: "paused", stopped: { code: "forbidden" } });
  expect(stopped.totals).toMatchObject({ succeeded: 1000, pending: 1500, failed: 0 });

  const other = await actorAt(desk.context, await agentWith(shop, "globalAdministrator"), shop);
  await resumeBatch(desk.context, other, id);
  expect(await runBatch(desk.context, id)).toMatchObject({
    state: "finished",
    stopped: null,
    totals: { succeeded: 2500, pending: 0 },
  });
});
