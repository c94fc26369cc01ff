import { setTimeout as pause } from "node:timers/promises";
import { clearUp } from "../bench/large-file.ts";
import { type Customer, ended, newCustomer, planFile } from "../bench/provision.ts";
import type { Served } from "../bench/served.ts";
import type { Line } from "../bench/table.ts";
import { besideIdle, inTime, Latencies } from "./latencies.ts";
import type { Stand } from "./stand.ts";

type Looks = Record<"search" | "list" | "small", Latencies>;

const betweenMs = 100;

/**
 * Measures how pages answer while a file of `rows` rows is planned and while it is applied, in one process that is api and
 * worker: a search in a customer of `users` users, the first page of its list, and a request for three users; beside `rounds` of
 * the same while nothing else is done.
 */
export async function pagesMeanwhile(
  stand: Stand,
  { rows, users, rounds }: { rows: number; users: number; rounds: number },
  lines: Line[],
): Promise<void> {
  const { api, stop } = await stand.start(0);
  const known = await newCustomer(api, users);
  await ended(api, await started(api, known, users));
  await clearUp(stand.db);
  const small = await newCustomer(api, 0);
  const idle = emptyLooks();
  for (let round = 0; round < rounds; round++) await look(api, known, users, small, idle);

  const other = await newCustomer(api, rows);
  const [planning, applying] = [emptyLooks(), emptyLooks()];
  const planned = planFile(api, other, rows);
  await during(planned, () => look(api, known, users, small, planning));
  const batchId = await planned;
  await api.ask(`/batches/${batchId}/apply`, { method: "POST" });
  await during(ended(api, batchId), () => look(api, known, users, small, applying));
  await stop();

  const n = rows.toLocaleString("en");
  for (const [doing, looks] of [
    [`a file of ${n} rows is planned`, planning],
    [`a batch of ${n} rows runs`, applying],
  ] as const) {
    for (const [what, one] of [
      [`search among ${users.toLocaleString("en")} users`, "search"],
      ["their first page", "list"],
      ["3 rows from request to end", "small"],
    ] as const) {
      lines.push({ ...besideIdle(`${what} while ${doing}`, looks[one], idle[one]), ...inTime(looks[one]) });
    }
  }
}

function emptyLooks(): Looks {
  return { search: new Latencies(), list: new Latencies(), small: new Latencies() };
}

let made = 0;

async function look(api: Served, known: Customer, users: number, small: Customer, looks: Looks): Promise<void> {
  const one = `person.${Math.floor(Math.random() * users)}@`;
  await looks.search.of(() => api.ask(`/customers/${known.id}/users?q=${one}`));
  await looks.list.of(() => api.ask(`/customers/${known.id}/users?limit=100`));
  const people = [1, 2, 3].map(() => ({ userPrincipalName: `few.${++made}@${small.domain}`, displayName: "Few" }));
  const sent = { headers: { prefer: "wait=60" }, json: { operation: "createUsers", rows: people } };
  await looks.small.of(() => api.ask(`/customers/${small.id}/batches`, sent));
}

/** Does `act` again and again until `work` is over. */
async function during(work: Promise<unknown>, act: () => Promise<void>): Promise<void> {
  const over = new AbortController();
  const watched = work.finally(() => over.abort());
  do {
    await act();
    await pause(betweenMs);
  } while (!over.signal.aborted);
  await watched;
}

async function started(api: Served, customer: Customer, rows: number): Promise<string> {
  const batchId = await planFile(api, customer, rows);
  await api.ask(`/batches/${batchId}/apply`, { method: "POST" });
  return batchId;
}
