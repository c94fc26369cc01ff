import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { operations } from "../../contract/operations.ts";
import { brokenInvariants } from "../support/broken-invariants.ts";
import type { Client } from "../support/client.ts";
import { eventually } from "../support/eventually.ts";
import type { MusterProcess } from "../support/processes.ts";
import { openInstallation, type Installation } from "./installation.ts";

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const people = 500;
const seats = 400;
const stormMs = 10_000;
/** How much longer it may last on a busy machine, where some operation has found nobody by then. */
const longerMs = 40_000;

let installation: Installation;
let client: Client;
let workers: MusterProcess[];
let customer: { id: string; domain: string };

beforeAll(async () => {
  installation = await openInstallation();
  const [api, ...pair] = await Promise.all([
    installation.startApi(),
    installation.startWorker(),
    installation.startWorker(),
  ]);
  [client, workers] = [api.client, pair];
  customer = await client.makeCustomer([
    { skuPartNumber: "SPE_E3", total: seats },
    { skuPartNumber: "POWER_BI_PRO", total: people },
  ]);
});

afterAll(() => installation.close());

/** Operations that rows of the storm must have gone through; users to remove may not be there when they are asked for. */
const carriedOut = Object.keys(operations).filter((name) => name !== "removeUsers");

/** The operations that rows have gone through so far. */
async function operationsDone(): Promise<string[]> {
  const done = await installation.db.sql<{ operation: string }[]>`
    select distinct operation from batches join row_results results on results.batch_id = batches.id
    where results.attempts > 0`;
  return done.map(({ operation }) => operation);
}

const drawn = <T>(choices: readonly T[]): T => choices[Math.floor(Math.random() * choices.length)] as T;

/** One of the 500 people, with values that differ from one time to the next. */
function person(no: number): Record<string, unknown> {
  return {
    userPrincipalName: `${drawn(["person", "Person"])}.${no}@${customer.domain}`,
    displayName: `Zoë Nº ${no}`,
    jobTitle: drawn(["Engineer", "Manager", "Clerk"]),
    usageLocation: "NL",
    permission: drawn(["User", "User", "Global admin"]),
    licenses: drawn([[], [{ sku: "SPE_E3" }], [{ sku: "POWER_BI_PRO" }, { sku: "SPE_E3" }]]),
  };
}

function crowd(count: number): Record<string, unknown>[] {
  const numbers = Array.from({ length: people }, (_, at) => at + 1).sort(() => Math.random() - 0.5);
  return numbers.slice(0, count).map(person);
}

function crowdCsv(): string {
  const lines = crowd(people).map(({ userPrincipalName, displayName, jobTitle, licenses }) => {
    const skus = (licenses as { sku: string }[]).map(({ sku }) => sku).join(";");
    return `${String(userPrincipalName)},${String(displayName)},${String(jobTitle)},NL,${skus}`;
  });
  return `User principal name,Display name,Job title,Usage location,Licenses\n${lines.join("\n")}\n`;
}

const options = () => ({
  onExisting: drawn(["skip", "update", "update"]),
  onDeleted: drawn(["ask", "restore", "restore", "create"]),
});

/** What every agent of the storm does over and over; each gives the statuses of its answers. */
function agents(batchIds: string[]): (() => Promise<number[]>)[] {
  const remember = ({ status, body }: { status: number; body: unknown }): number => {
    const { id } = (body ?? {}) as { id?: string };
    if (status < 300 && id !== undefined) batchIds.push(id);
    return status;
  };
  const batches = `/v1/customers/${customer.id}/batches`;
  const submit = async (count: number) =>
    remember(
      await client.request(batches, { json: { operation: "createUsers", rows: crowd(count), options: options() } }),
    );
  const uploadTwice = async () => {
    const [csv, query] = [crowdCsv(), new URLSearchParams({ apply: "true", ...options() }).toString()];
    const path = `/v1/customers/${customer.id}/uploads?operation=create-users&${query}`;
    const answers = await Promise.all([client.request(path, { csv }), client.request(path, { csv })]);
    return answers.map(remember);
  };
  const createOne = async () => {
    const json = person(1 + Math.floor(Math.random() * people));
    const path = `/v1/customers/${customer.id}/users`;
    return (await client.request(path, { json, headers: { prefer: "wait=2" } })).status;
  };
  const meddle = async () => {
    await pause(30);
    const batchId = drawn(batchIds.slice(-8));
    if (batchId === undefined) return [];
    const paused = await client.act(batchId, drawn(["pause", "pause", "retry", "retry", "cancel"]));
    const resumed = await client.act(batchId, "resume");
    return [paused.status, resumed.status];
  };
  const undo = async () => {
    await pause(50);
    const batchId = drawn(batchIds);
    if (batchId === undefined) return [];
    const planned = await client.request(`/v1/batches/${batchId}/undo`, { method: "POST" });
    if (planned.status !== 201) return [planned.status];
    const { id } = planned.body as { id: string };
    const applied = await client.act(id, "apply");
    // Of some nothing is left to undo by then.
    if (applied.status >= 400) await client.act(id, "cancel");
    return [planned.status, applied.status];
  };
  return [
    undo,
    undo,
    uploadTwice,
    async () => [await submit(people)],
    async () => [await submit(people)],
    async () => [await submit(50)],
    async () => [await createOne()],
    async () => [await createOne()],
    meddle,
    meddle,
    ...targeted(batches, remember),
  ];
}

const names = (count: number) => crowd(count).map(({ userPrincipalName }) => ({ userPrincipalName }));
const licenses = () =>
  drawn([{ add: [{ sku: "SPE_E3" }] }, { remove: ["SPE_E3"] }, { add: [{ sku: "POWER_BI_PRO" }] }]);
const rename = (row: object) => ({
  ...row,
  newUserPrincipalName: person(1 + Math.floor(Math.random() * 2 * people))["userPrincipalName"],
});

/** Batches about users who are there already, one agent for each operation. */
function targeted(
  batches: string,
  remember: (answer: { status: number; body: unknown }) => number,
): (() => Promise<number[]>)[] {
  const send = (operation: string, rows: object[]) => async () => {
    const answer = await client.request(batches, { json: { operation, rows } });
    return [remember(answer)];
  };
  const removeSome = async () => {
    const gone = await client.ok(`/v1/customers/${customer.id}/users?state=inactive&limit=10`);
    const { items } = gone as { items: { id: string; displayName: string }[] };
    if (items.length === 0) return [];
    const rows = items.map(({ id, displayName }) => ({ userId: id, confirm: displayName }));
    return await send("removeUsers", rows)();
  };
  return [
    () => send("deleteUsers", names(40))(),
    () => send("restoreUsers", names(60))(),
    () =>
      send(
        "changeLicenses",
        names(200).map((row) => ({ ...row, ...licenses() })),
      )(),
    () =>
      send(
        "changePermissions",
        names(100).map((row) => ({ ...row, permission: drawn(["User", "Global admin"]) })),
      )(),
    () => send("resetPasswords", names(100))(),
    () =>
      send(
        "updateUsers",
        names(50).map((row) => drawn([{ ...row, city: drawn(["Delft", "Gouda"]) }, rename(row)])),
      )(),
    removeSome,
  ];
}

async function resumeAndEnd(): Promise<void> {
  const { db } = installation;
  await eventually(
    async () => {
      const open = await db.sql<{ id: string; state: string; no: number }[]>`
        select id, state, no from batches where state not in ('finished', 'cancelled')`;
      await Promise.all(open.filter(({ state }) => state === "paused").map(({ id }) => client.act(id, "resume")));
      expect(open).toEqual([]);
    },
    { timeoutMs: 90_000 },
  );
}

test("everything at once over the same 500 people for ten seconds: no deadlock reaches a job, and all is right", async () => {
  const { db, queues } = installation;
  const batchIds: string[] = [];
  const statuses: number[] = [];
  const end = Date.now() + stormMs;
  const goesOn = async () => {
    const now = Date.now();
    if (now < end || now > end + longerMs) return now < end;
    const done = await operationsDone();
    return carriedOut.some((name) => !done.includes(name));
  };
  await Promise.all(
    agents(batchIds).map(async (act) => {
      while (await goesOn()) statuses.push(...(await act()));
    }),
  );
  await resumeAndEnd();

  expect(await brokenInvariants(db)).toEqual([]);
  // A request is done or refused; none ends with a fault.
  expect(statuses.filter((status) => status >= 500)).toEqual([]);
  const lines = workers.flatMap((worker) => worker.logLines());
  expect(lines.filter(({ level }) => level === "error")).toEqual([]);
  expect(lines.filter(({ err }) => err?.sqlstate === "40P01")).toEqual([]);
  const failed = (await Promise.all(Object.values(queues).map((queue) => queue.getFailed()))).flat();
  expect(failed.filter((job) => !/^\d+ of \d+ rows (?:failed|ended in part): /.test(job.failedReason))).toEqual([]);
  const [seen] = await db.sql`select deadlocks::int from pg_stat_database where datname = current_database()`;
  expect(seen).toEqual({ deadlocks: 0 });
  expect(batchIds.length).toBeGreaterThan(10);
  expect(await operationsDone()).toEqual(expect.arrayContaining(carriedOut));
});
