import { systemActor } from "../../core/actor.ts";
import { createKey } from "../../core/access/agents/api-keys.ts";
import { insertAgent } from "../../core/access/agents/insert-agent.ts";
import { openSecrets } from "../../core/secrets/secrets.ts";
import { inTransaction } from "../../db/in-transaction.ts";
import { makeLog } from "../../db/log.ts";
import { newId } from "../../db/new-id.ts";
import type { Database } from "../../db/open-database.ts";
import { type Customer, ended, newCustomer, planFile } from "../bench/provision.ts";
import { benchSecretKey, type Served } from "../bench/served.ts";
import type { Line } from "../bench/table.ts";
import { makeClient } from "../support/client.ts";
import { besideIdle, Latencies } from "./latencies.ts";
import type { Stand } from "./stand.ts";

type Tally = { reads: Latencies; writes: Latencies; errors: string[] };

/** Of the requests of an agent, each so many-th is a write. */
const writeEach = 5;

/**
 * Lets `agents` agents, each with a key of his own, ask the api at once for `rounds` requests each, four reads to a write of
 * one user: first with nothing else to do, then while batches of `rows` rows run, one after the other until all have been answered.
 */
export async function manyAgents(stand: Stand, agents: number, rounds: number, rows: number, lines: Line[]) {
  const { api, stop } = await stand.start(1);
  const customer = await newCustomer(api, 0);
  const keys: string[] = [];
  for (let no = 0; no < agents; no++) keys.push(await newAgent(stand.db, api, customer.id));
  await askAll(api, keys, customer, writeEach);
  const idle = await askAll(api, keys, customer, rounds);
  const answered = new AbortController();
  const first = await planned(api, rows);
  const [loaded, batches] = await Promise.all([
    askAll(api, keys, customer, rounds).finally(() => answered.abort()),
    keepRunning(api, first, rows, answered.signal),
  ]);
  await stop();
  const errors = [...idle.errors, ...loaded.errors];
  const doing = `${agents} agents at once while batches of ${rows.toLocaleString("en")} rows run, ${batches} in turn`;
  lines.push(
    besideIdle(`reads of ${doing}`, loaded.reads, idle.reads),
    besideIdle(`creates of one user of ${doing}`, loaded.writes, idle.writes),
    {
      what: "errors that they got",
      figure: [errors.length, ...errors.slice(0, 1)].join(": "),
      target: "0",
      met: errors.length === 0,
    },
  );
}

async function planned(api: Served, rows: number): Promise<string> {
  return await planFile(api, await newCustomer(api, rows), rows);
}

/** Carries out one batch after the other, the first of which is planned, and plans each next one meanwhile; gives how many ran. */
async function keepRunning(api: Served, first: string, rows: number, enough: AbortSignal): Promise<number> {
  let id = first;
  for (let ran = 1; ; ran++) {
    await api.ask(`/batches/${id}/apply`, { method: "POST" });
    const [next] = await Promise.all([planned(api, rows), ended(api, id)]);
    if (enough.aborted) return ran;
    id = next;
  }
}

/** Makes an agent who may make users at the customer, and gives a key of his. */
async function newAgent(db: Database, api: Served, customerId: string): Promise<string> {
  const id = newId();
  const agent = { id, name: "Load", email: `${id}@load.example`, partnerRole: "adminAgent" } as const;
  // Nobody signs in with it.
  await inTransaction(db.pool, (tx) => insertAgent(tx, agent, "none"));
  const grant = { agentId: id, role: "globalAdministrator", days: 1 };
  await api.ask(`/customers/${customerId}/grants`, { json: grant });
  const secrets = openSecrets(benchSecretKey);
  const context = { db, secrets, log: makeLog("silent"), now: () => new Date(), restoreDays: 30 };
  return (await createKey(context, systemActor, id, { name: "load", expiresInDays: 1 })).key;
}

async function askAll(api: Served, keys: readonly string[], customer: Customer, rounds: number): Promise<Tally> {
  const tally: Tally = { reads: new Latencies(), writes: new Latencies(), errors: [] };
  await Promise.all(keys.map((key) => askOn(api.address, key, customer, rounds, tally)));
  return tally;
}

let made = 0;

async function askOn(address: string, key: string, { id, domain }: Customer, rounds: number, tally: Tally) {
  const client = makeClient(address, key);
  const reads = [`/v1/customers/${id}/users?limit=50`, "/v1/batches?limit=20", `/v1/customers/${id}`, "/v1/me"];
  for (let round = 1; round <= rounds; round++) {
    const write = round % writeEach === 0;
    const json = { userPrincipalName: `agent.${++made}@${domain}`, displayName: "Of an agent" };
    const asked = write
      ? tally.writes.of(() => client.ok(`/v1/customers/${id}/users`, { json }))
      : tally.reads.of(() => client.ok(reads[round % writeEach] ?? "/v1/me"));
    await asked.catch((error: unknown) => tally.errors.push(String(error)));
  }
}
