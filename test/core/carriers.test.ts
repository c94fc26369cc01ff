import { afterAll, beforeAll, expect, test } from "vitest";
import type { Actor } from "../../core/actor.ts";
import { unrestricted } from "../../core/access/authority/authority.ts";
import { applyBatch } from "../../core/batches/run/apply-batch.ts";
import { changeBatch } from "../../core/batches/edit/change-batch.ts";
import { changeRows } from "../../core/batches/edit/change-rows.ts";
import { pauseBatch, resumeBatch } from "../../core/batches/run/pause-batch.ts";
import { retryBatch, retryChunk } from "../../core/batches/run/retry-batch.ts";
import { claimChunks } from "../../core/batches/run/claim-chunks.ts";
import { runChunk } from "../../core/batches/run/run-chunk.ts";
import { submitRows } from "../../core/batches/submit/submit-rows.ts";
import { newId } from "../../db/new-id.ts";
import { openWindow, runOne, runReady } from "../support/run-batch.ts";
import { admin, bothDefaults, openTestCore, people, person, type TestCore, type TestTenant } from "./test-core.ts";

let core: TestCore;
beforeAll(async () => {
  core = await openTestCore();
});
afterAll(() => core.close());

const agent = (name: string): Actor => ({ kind: "agent", id: newId(), name, authority: unrestricted });
const [bea, cem, dora] = [agent("Bea"), agent("Cem"), agent("Dora")];

/** What the audit says of each row, such as `1 create_customer_user Bea`. */
async function said(batchId: string): Promise<string[]> {
  const records = await core.context.db.sql<{ text: string }[]>`
    select row_no || ' ' || operation || ' ' || actor_name as text from audit
    where batch_id = ${batchId} and row_no is not null order by row_no, id`;
  return records.map(({ text }) => text);
}

/** The same without the rows, and how many they are. */
async function counted(batchId: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const text of await said(batchId)) {
    const act = text.slice(text.indexOf(" ") + 1);
    counts[act] = (counts[act] ?? 0) + 1;
  }
  return counts;
}

const change = (actor: Actor, batchId: string, rowNo: number, values: Record<string, string>) =>
  changeRows(core.context, actor, batchId, [{ rowNo, values }]);

/** A batch of Ada's whose second row fails for its domain. */
async function halfDone(tenant: TestTenant): Promise<string> {
  const { id } = await core.plan(tenant, [person("good"), person("bad@other.example")]);
  await applyBatch(core.context, bea, id);
  await runReady(core.context);
  return id;
}

test("who uploads, who changes a row and who applies are told apart in the records of the row", async () => {
  const tenant = await core.makeCustomer();
  const { id } = await core.upload(tenant, "Email,Name,Permission\nanna,Anna,\nbo,Bo,\n");
  await change(bea, id, 2, { permission: "Global admin" });
  await applyBatch(core.context, cem, id);
  await runReady(core.context);
  expect(await said(id)).toEqual(["1 create_customer_user Cem", "2 change_row Bea", "2 create_customer_user Cem"]);
  const by = await core.context.db.sql<{ changed: boolean }[]>`
    select bool_or(after::text like '%Global%') as changed from audit where operation = 'change_row' and batch_id = ${id}`;
  expect(by).toEqual([{ changed: false }]);
});

test("who sets the start of a batch has it carried out, and not who had set it before", async () => {
  const tenant = await core.makeCustomer();
  const { id } = await core.plan(tenant, people(1));
  const startAt = new Date(Date.now() + 3_600_000);
  await applyBatch(core.context, bea, id, { startAt });
  const later = new Date(startAt.getTime() + 60_000);
  await changeBatch(core.context, cem, id, { startAt: later.toISOString() });
  await core.context.db.sql`update batches set start_at = now() where id = ${id}`;
  await runReady(core.context);
  expect(await said(id)).toEqual(["1 create_customer_user Cem"]);
});

test("a batch that starts along with its plan is carried out for who sent it, at once and at a set time", async () => {
  const tenant = await core.makeCustomer();
  for (const startAt of [undefined, new Date(Date.now() - 1)]) {
    const request = { customerId: tenant.id, operation: "createUsers", source: "json", options: bothDefaults } as const;
    const rows = [person(newId().slice(-12))];
    const { batchId } = await submitRows(core.context, dora, { ...request, rows }, { apply: true, startAt });
    await runReady(core.context);
    expect(await said(batchId)).toEqual(["1 create_customer_user Dora"]);
  }
});

test("who resumes a batch has the rest of it carried out", async () => {
  const tenant = await core.makeCustomer();
  const { id } = await core.plan(tenant, people(2001));
  await applyBatch(core.context, bea, id);
  await openWindow(core.context.db, id);
  const [first, second] = await claimChunks(core.context.db, 2);
  await runOne(core.context, first!);
  await pauseBatch(core.context, cem, id);
  await resumeBatch(core.context, dora, id);
  await runOne(core.context, second!);
  await runReady(core.context);
  expect(await counted(id)).toEqual({ "create_customer_user Bea": 200, "create_customer_user Dora": 1801 });
});

test("who retries rows has these carried out", async () => {
  const tenant = await core.makeCustomer();
  const id = await halfDone(tenant);
  await change(cem, id, 2, { userPrincipalName: "mended" });
  await retryBatch(core.context, dora, id, {});
  await runReady(core.context);
  expect(await said(id)).toEqual(["1 create_customer_user Bea", "2 change_row Cem", "2 create_customer_user Dora"]);
});

test("who retries a chunk on the board has it carried out", async () => {
  const tenant = await core.makeCustomer();
  const id = await halfDone(tenant);
  await core.context.db.sql`insert into domains (name, customer_id) values ('other.example', ${tenant.id})`;
  await retryChunk(core.context, cem, id, 1);
  const [chunk] = await core.context.db.sql<{ run: number }[]>`select run from chunks where batch_id = ${id}`;
  await runChunk(core.context, { batchId: id, chunkNo: 1, run: chunk!.run }, new AbortController().signal, () => {});
  expect(await said(id)).toEqual(["1 create_customer_user Bea", "2 create_customer_user Cem"]);
});

test("a retry while the batch runs takes no row over from who applied it", async () => {
  const tenant = await core.makeCustomer();
  const { id } = await core.plan(tenant, [person("bad@other.example"), ...people(1500)]);
  await applyBatch(core.context, admin, id);
  await openWindow(core.context.db, id);
  const [first, second] = await claimChunks(core.context.db, 2);
  await runOne(core.context, first!);
  await change(bea, id, 1, { userPrincipalName: "mended" });
  await retryBatch(core.context, cem, id, { rowNos: [1] });
  await runOne(core.context, second!);
  await runReady(core.context);
  expect(await counted(id)).toEqual({
    "change_row Bea": 1,
    "create_customer_user Cem": 1,
    [`create_customer_user ${admin.name}`]: 1500,
  });
});
