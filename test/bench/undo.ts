import { environmentToken } from "../../contract/environment-token.ts";
import { copyMs } from "./baselines.ts";
import { atMost, n } from "./figures.ts";
import type { Database } from "../../db/open-database.ts";
import { clearUp } from "./large-file.ts";
import { middle } from "./median.ts";
import { ended, newCustomer } from "./provision.ts";
import { peopleFile } from "./sample-people.ts";
import type { Served } from "./served.ts";
import type { Line } from "./table.ts";

/** Users whom somebody changes before the undo. */
const changed = 37;

/**
 * 10,000 rows a second are asked for, by a machine whose COPY of 100,000 users takes 2.4 s: as many take 10 s there, which is 4.17
 * times the COPY. Other machines, and the same one on another day, are faster or slower in both.
 */
const mostCopies = 4.1;

type UndoTimes = { planMs: number; applyMs: number };

/** Undoes the creation of `count` users and undoes that undo, three times, beside a COPY of as many each: the middle of each. */
export async function undoLines(served: Served, db: Database, count: number): Promise<Line[]> {
  const rounds: Round[] = [];
  for (let round = 0; round < 3; round++) {
    const copy = await copyMs(db, count);
    rounds.push({ copy, ...(await undoTwice(served, db, count)) });
  }
  const copy = middle(rounds.map((round) => round.copy));
  return [
    line(
      `undo of ${n(count)} created users, ${changed} of them changed since`,
      count,
      middleOf(rounds, "undone"),
      copy,
    ),
    line("undo of that undo", count - changed, middleOf(rounds, "redone"), copy),
  ];
}

type Round = { copy: number; undone: UndoTimes; redone: UndoTimes };

function middleOf(rounds: readonly Round[], what: "undone" | "redone"): UndoTimes {
  const times = rounds.map((round) => round[what]);
  return { planMs: middle(times.map(({ planMs }) => planMs)), applyMs: middle(times.map(({ applyMs }) => applyMs)) };
}

/**
 * Undoes the creation of `count` users, some of whom were changed since, and undoes that undo. Throws unless those who were
 * changed stay and are named, and everything of the customer is as it was before once the undo is undone.
 */
async function undoTwice(served: Served, db: Database, count: number): Promise<Omit<Round, "copy">> {
  const { id, domain } = await newCustomer(served, count);
  const made = await served.upload(
    `/customers/${id}/uploads?operation=create-users&apply=true`,
    peopleFile(domain, count),
  );
  await ended(served, made.id);
  const rows = Array.from({ length: changed }, (_, no) => ({
    userPrincipalName: `person.${no * 11}@${domain}`,
    department: "Moved",
  }));
  const { id: edit } = (await served.ask(`/customers/${id}/batches`, {
    json: { operation: "updateUsers", rows },
  })) as Made;
  await ended(served, edit);
  const before = await stateOf(db, id);
  await clearUp(db);
  const undone = await undo(served, made.id, { succeeded: count - changed, failed: changed });
  await assertKept(served, db, { batchId: undone.id, customerId: id, names: rows.map((row) => row.userPrincipalName) });
  await clearUp(db);
  const redone = await undo(served, undone.id, { succeeded: count - changed, failed: 0 });
  if ((await stateOf(db, id)) !== before) throw new Error("the undo of the undo is not the first state");
  return { undone, redone };
}

type Made = { id: string };

async function undo(served: Served, batchId: string, expected: Record<string, number>): Promise<UndoTimes & Made> {
  const started = performance.now();
  const { id } = (await served.ask(`/batches/${batchId}/undo`, { json: {} })) as Made;
  const planned = performance.now();
  await served.ask(`/batches/${id}/apply`, { headers: { prefer: "wait=60" }, json: {} });
  const totals = await ended(served, id);
  for (const [state, rows] of Object.entries(expected)) {
    if (totals[state] !== rows) throw new Error(`not undone as expected: ${JSON.stringify(totals)}`);
  }
  return { id, planMs: planned - started, applyMs: performance.now() - planned };
}

/** @throws Error unless these users, as they were changed, are all that is left, and a row of each says who changed them since */
async function assertKept(
  served: Served,
  db: Database,
  { batchId, customerId, names }: { batchId: string; customerId: string; names: readonly string[] },
): Promise<void> {
  const left = await db.sql<{ name: string }[]>`
    select case department when 'Moved' then user_principal_name end as name from users
    where customer_id = ${customerId} and deleted_at is null`;
  const { items } = (await served.ask(`/batches/${batchId}/rows?state=failed&limit=100`)) as {
    items: { code: string | null; message: string | null }[];
  };
  const told = items.filter(({ code }) => code === "changed_since").map(({ message }) => message ?? "");
  const by = `by ${environmentToken.name} on `;
  const lost = names.filter(
    (name) =>
      !left.some((user) => user.name === name) ||
      !told.some((message) => message.includes(`"${name}" stays as it is`) && message.includes(by)),
  );
  if (lost.length > 0 || left.length !== names.length) throw new Error(`not kept and named: ${lost.join(", ")}`);
}

/** A digest of all that an undo puts back: versions and times of deletion are not. */
async function stateOf(db: Database, customerId: string): Promise<string> {
  const [state] = await db.sql<{ digest: string }[]>`
    select md5(concat(
      (select string_agg(md5((to_jsonb(users) - 'version' - 'deleted_at' || jsonb_build_object('deleted', deleted_at is not null))::text),
        '' order by id) from users where customer_id = ${customerId}),
      (select string_agg(md5(held::text), '' order by user_id, sku_id) from license_assignments held
        where customer_id = ${customerId}),
      (select string_agg(product::text, '' order by sku_id) from products product where customer_id = ${customerId}))) as digest`;
  return state?.digest ?? "";
}

function line(what: string, rows: number, { planMs, applyMs }: UndoTimes, copy: number): Line {
  const rate = (ms: number) => n(Math.round(rows / (ms / 1000)));
  const bothMs = planMs + applyMs;
  return {
    what,
    figure: `${rate(bothMs)} rows/s in all: ${rate(planMs)} planned, then ${rate(applyMs)} applied`,
    ...atMost(mostCopies, bothMs, copy, "COPY"),
  };
}
