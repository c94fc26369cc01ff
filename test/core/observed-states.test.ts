import { afterAll, beforeAll, expect, test } from "vitest";
import { batchOptionsSchema } from "../../contract/batch.ts";
import type { Actor } from "../../core/actor.ts";
import { applyBatch } from "../../core/batches/run/apply-batch.ts";
import { approveBatch, refuseBatch } from "../../core/batches/run/decide-approval.ts";
import { changeLimits } from "../../core/directory/customers/brake-limits.ts";
import { cancelBatch } from "../../core/batches/run/cancel-batch.ts";
import { changeBatch } from "../../core/batches/edit/change-batch.ts";
import { pauseBatch, resumeBatch } from "../../core/batches/run/pause-batch.ts";
import { retryBatch, retryChunk } from "../../core/batches/run/retry-batch.ts";
import { batchTransitions, chunkTransitions } from "../../core/batches/state/transitions.ts";
import { claimChunks } from "../../core/batches/run/claim-chunks.ts";
import type { QueuedChunk } from "../../core/queued-chunk.ts";
import { advanceBatches } from "../../core/batches/run/advance-batches.ts";
import { sweep } from "../../core/housekeeping/sweep.ts";
import { rejectLostUploads } from "../../core/batches/submit/reject-lost-uploads.ts";
import { submitRows } from "../../core/batches/submit/submit-rows.ts";
import { newId } from "../../db/new-id.ts";
import { arrowsOf } from "../support/draw-states.ts";
import { runOne, runReady } from "../support/run-batch.ts";
import { planTargets } from "./targets.ts";
import { admin, openTestCore, people, person, problemOf, type TestCore } from "./test-core.ts";

let core: TestCore;

beforeAll(async () => {
  core = await openTestCore();
  const { sql } = core.context.db;
  await sql`create table observed (kind text, was text, became text)`;
  await sql`create function observe() returns trigger language plpgsql as $$ begin
    if tg_op = 'INSERT' then insert into observed values (tg_table_name, null, new.state);
    elsif old.state <> new.state then insert into observed values (tg_table_name, old.state, new.state);
    end if;
    return new; end $$`;
  await sql`create trigger observe after insert or update on batches for each row execute function observe()`;
  await sql`create trigger observe after insert or update on chunks for each row execute function observe()`;
});
afterAll(() => core.close());

const invalid = person("x@unverified.example");

/** An agent who has been taken off the list of agents since. */
const former: Actor = {
  kind: "agent",
  id: newId(),
  name: "Former",
  authority: { kind: "agent", agentId: newId(), keyId: null, partnerRole: null, key: null, at: null },
};

const noOptions = batchOptionsSchema.parse({});

const second: Actor = { ...admin, id: newId(), name: "Second" };

/** What happens to batches, by agents, workers, clocks and faults. */
const happenings: Record<string, () => Promise<void>> = {
  "a file is read, one is unreadable, and two are lost with their process": async () => {
    const tenant = await core.makeCustomer();
    await core.upload(tenant, "User name,Display name\nanna,Anna\n");
    await problemOf(core.upload(tenant, "User name,Display name\n"));
    await lostUpload();
    await rejectLostUploads(core.context.db, 0);
    await cancelBatch(core.context, admin, await lostUpload());
  },
  "a plan with a chunk that only fails is scheduled, taken back, scheduled again and begun": async () => {
    const id = await planned([...people(200), invalid]);
    await schedule(id);
    await changeBatch(core.context, admin, id, { startAt: null });
    await schedule(id);
    await core.context.db.sql`update batches set start_at = now() where id = ${id}`;
    await advanceBatches(core.context.db);
    await runReady(core.context);
  },
  "a batch of which all rows failed is a plan again, and plans expire": async () => {
    const id = await planned([invalid]);
    await core.apply(id);
    await changeBatch(core.context, admin, id, { options: { onExisting: "update" } });
    for (const old of [id, await planned()]) {
      await core.context.db.sql`update batches set created_at = now() - interval '91 days' where id = ${old}`;
    }
    await sweep(core.context, { keepRowsDays: 90 });
  },
  "a batch is paused with a chunk in the queue, resumed and carried out": async () => {
    const { id, chunk } = await started();
    await pauseBatch(core.context, admin, id);
    await runOne(core.context, chunk);
    await resumeBatch(core.context, admin, id);
    await runReady(core.context);
  },
  "a second agent refuses a plan, approves it, and others are cancelled or expire while they wait": async () => {
    await changeLimits(core.context, admin, { users: 0, percent: null, admins: false });
    const ask = async () => {
      const tenant = await core.makeCustomer();
      await core.provision(tenant, people(1));
      const rows = [{ userPrincipalName: `u1@${tenant.domain}` }];
      const id = await planTargets(core, tenant, "deleteUsers", rows);
      await applyBatch(core.context, admin, id);
      return id;
    };
    const [id, cancelled, old] = [await ask(), await ask(), await ask()];
    await refuseBatch(core.context, admin, id, { planVersion: 1 });
    await applyBatch(core.context, admin, id);
    await approveBatch(core.context, second, id, { planVersion: 1 });
    await cancelBatch(core.context, admin, cancelled);
    await core.context.db.sql`update batches set created_at = now() - interval '91 days' where id = ${old}`;
    await sweep(core.context, { keepRowsDays: 90 });
    await runReady(core.context);
  },
  "retries of a batch that was finished and of one that was cancelled await approval, and are refused": async () => {
    const limit = async (users: number, one = admin, agree = false) =>
      await changeLimits(core.context, one, { users, percent: null, admins: false, agree });
    const tenant = await core.makeCustomer();
    await core.provision(tenant, people(1));
    const leavers = [1, 2].map((no) => ({ userPrincipalName: `u${no}@${tenant.domain}` }));
    const [finished, cancelled] = await Promise.all(
      [1, 2].map(() => planTargets(core, tenant, "deleteUsers", leavers)),
    );
    await cancelBatch(core.context, admin, cancelled!);
    await limit(1);
    await limit(1, second, true);
    await core.apply(finished!);
    await core.provision(tenant, people(2));
    await limit(0);
    for (const id of [finished!, cancelled!]) {
      await retryBatch(core.context, admin, id, {});
      await refuseBatch(core.context, admin, id, { planVersion: (await core.batch(id)).planVersion });
    }
  },
  "the agent of a batch is gone when it runs": async () => {
    await applyBatch(core.context, former, await planned());
    await runReady(core.context);
  },
  "batches are cancelled in every state that can be cancelled, and one is retried": async () => {
    await cancelBatch(core.context, admin, await planned());
    const scheduled = await planned();
    await schedule(scheduled);
    await cancelBatch(core.context, admin, scheduled);
    await cancelBatch(core.context, admin, (await started()).id);
    const { id } = await started();
    await pauseBatch(core.context, admin, id);
    await cancelBatch(core.context, admin, id);
    await retryBatch(core.context, admin, id, { state: "cancelled" });
    await runReady(core.context);
  },
  "rows are retried by their batch and by their job": async () => {
    for (const retry of [
      (id: string) => retryBatch(core.context, admin, id, {}),
      (id: string) => retryChunk(core.context, admin, id, 1),
    ]) {
      const tenant = await core.makeCustomer();
      const domain = `${newId().slice(-12)}.example`;
      const { id } = await core.provision(tenant, [person("anna"), person(`bo@${domain}`)]);
      await core.context.db.sql`insert into domains (name, customer_id) values (${domain}, ${tenant.id})`;
      await retry(id);
      await cancelBatch(core.context, admin, id);
    }
  },
  "rows that one request makes and applies are in the queue at once, and one of them only fails": async () => {
    const chunks: QueuedChunk[] = [];
    const context = { ...core.context, enqueue: (chunk: QueuedChunk) => void chunks.push(chunk) };
    for (const rows of [people(2), [invalid]]) {
      const { id: customerId } = await core.makeCustomer();
      const request = { customerId, operation: "createUsers", source: "json", rows, options: noOptions } as const;
      await submitRows(context, admin, request, { apply: true });
    }
    for (const chunk of chunks) await runOne(core.context, chunk);
    await advanceBatches(core.context.db);
  },
  "a row is pending again during a run, and after one that comes twice": async () => {
    const { sql } = core.context.db;
    const { id, chunk } = await started([person("anna"), invalid]);
    const put = (state: string) => sql`update row_results set state = ${state} where batch_id = ${id} and row_no = 2`;
    await sql`create function meanwhile() returns trigger language plpgsql as $$ begin
      update row_results set state = 'pending' where code is not null; return null; end $$`;
    await sql`create trigger meanwhile after insert on users for each statement execute function meanwhile()`;
    await runOne(core.context, chunk);
    await sql`drop trigger meanwhile on users`;
    await put("failed");
    const [again] = await runReady(core.context);
    await put("pending");
    await runOne(core.context, again!.chunk);
  },
};

async function planned(rows = people(2)): Promise<string> {
  return (await core.plan(await core.makeCustomer(), rows)).id;
}

async function schedule(batchId: string): Promise<void> {
  await applyBatch(core.context, admin, batchId, { startAt: new Date(Date.now() + 3_600_000) });
}

async function started(rows = people(2)): Promise<{ id: string; chunk: QueuedChunk }> {
  const id = await planned(rows);
  await applyBatch(core.context, admin, id);
  const [chunk] = await claimChunks(core.context.db, 1);
  return { id, chunk: chunk! };
}

/** A batch as an api left it that was killed while the file came. */
async function lostUpload(): Promise<string> {
  const id = newId();
  await core.context.db.sql`
    insert into batches (id, customer_id, operation, source, options, state, plan, actor_id, actor_name)
    select ${id}, ${(await core.makeCustomer()).id}, 'createUsers', 'upload', '{}', 'staging', '{}', ${admin.id}, ${admin.name}`;
  return id;
}

async function observed(): Promise<string[]> {
  const changes = await core.context.db.sql<{ text: string }[]>`
    select distinct kind || ': ' || coalesce(was, '(new)') || ' → ' || became as text from observed`;
  return changes.map(({ text }) => text);
}

const allowed = new Set([...changesOf("batches", batchTransitions), ...changesOf("chunks", chunkTransitions)]);

/** What changes, without what stays as it is. */
function changesOf(kind: string, transitions: Parameters<typeof arrowsOf>[0]): string[] {
  const changes = arrowsOf(transitions).filter(({ from, to }) => from !== to);
  return changes.map(({ from, to }) => `${kind}: ${from ?? "(new)"} → ${to}`);
}

test.each(Object.entries(happenings))("the table of states knows all that changes when %s", async (_what, happen) => {
  await happen();
  expect((await observed()).filter((change) => !allowed.has(change))).toEqual([]);
});

test("all that the table of states allows has happened", async () => {
  const seen = new Set(await observed());
  expect([...allowed].filter((change) => !seen.has(change))).toEqual([]);
});
