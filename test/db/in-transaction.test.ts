import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { DatabaseFault, TransientFault } from "../../db/faults.ts";
import { inTransaction } from "../../db/in-transaction.ts";
import { makeLog } from "../../db/log.ts";
import type { Database } from "../../db/open-database.ts";
import { openDatabase } from "../../db/open-database.ts";
import { eventually } from "../support/eventually.ts";
import type { FreshDatabase } from "../support/fresh-database.ts";
import { freshDatabase } from "../support/fresh-database.ts";
import { sql, type SqlText } from "../../db/sql-text.ts";

let fresh: FreshDatabase;
let db: Database;

beforeAll(async () => {
  fresh = await freshDatabase();
  db = openDatabase(fresh.url, { role: "worker", poolSize: 4, log: makeLog("silent") });
  await db.sql`create table seats (id int primary key, free int not null check (free >= 0))`;
});
beforeEach(async () => {
  await db.sql`truncate seats`;
  await db.sql`insert into seats values (1, 10), (2, 10)`;
});
afterAll(async () => {
  await db.close();
  await fresh.drop();
});

test("work that fails leaves nothing behind, and its own error comes out as it is", async () => {
  const cause = new Error("no");
  const failed = inTransaction(db.pool, async (tx) => {
    await tx.rows(sql`update seats set free = 0`);
    throw cause;
  });
  await expect(failed).rejects.toBe(cause);
  expect(await free()).toEqual([10, 10]);
});

test("two transactions that lock each other out both commit in the end", async () => {
  const meet = meeting(2);
  const runs = [0, 0];
  const take = (order: [number, number], who: 0 | 1) =>
    inTransaction(db.pool, async (tx) => {
      runs[who] = (runs[who] ?? 0) + 1;
      await tx.rows(sql`update seats set free = free - 1 where id = ${order[0]}`);
      await meet();
      await tx.rows(sql`update seats set free = free - 1 where id = ${order[1]}`);
    });
  await Promise.all([take([1, 2], 0), take([2, 1], 1)]);
  expect(await free()).toEqual([8, 8]);
  expect(runs.reduce((sum, count) => sum + count)).toBe(3);
});

test("a row that another transaction holds is tried four times and then is a transient fault", async () => {
  let runs = 0;
  const failed = holding(() =>
    inTransaction(db.pool, async (tx) => {
      runs += 1;
      await tx.rows(sql`select from seats where id = 1 for update nowait`);
    }),
  );
  await expect(failed).rejects.toMatchObject({ name: "TransientFault", sqlstate: "55P03" });
  expect(runs).toBe(4);
});

test("without reruns such a row is a transient fault at once", async () => {
  let runs = 0;
  const work = () =>
    inTransaction(
      db.pool,
      async (tx) => {
        runs += 1;
        await tx.rows(sql`select from seats where id = 1 for update nowait`);
      },
      { reruns: 0 },
    );
  await expect(holding(work)).rejects.toBeInstanceOf(TransientFault);
  expect(runs).toBe(1);
});

test("a worker waits five seconds for a lock and no longer", async () => {
  const start = Date.now();
  const work = () =>
    inTransaction(db.pool, (tx) => tx.rows(sql`update seats set free = 0 where id = 1`), { reruns: 0 });
  await expect(holding(work)).rejects.toMatchObject({ sqlstate: "55P03" });
  expect(Date.now() - start).toBeGreaterThan(4_500);
  expect(await db.sql`select current_setting('lock_timeout') as waits`).toEqual([{ waits: "5s" }]);
});

test("a worker that stalls in an open transaction loses it, and then says so as a transient fault", async () => {
  const stalled = inTransaction(db.pool, async (tx) => {
    await tx.rows(sql`set local idle_in_transaction_session_timeout = '100ms'`);
    const [session] = await tx.rows<{ pid: number }>(sql`select pg_backend_pid() as pid`);
    await tx.rows(sql`update seats set free = 0`);
    await eventually(async () => {
      const alive = await db.sql`select from pg_stat_activity where pid = ${session?.pid ?? 0}`;
      return alive.length === 0;
    });
    await tx.rows(sql`select 1`);
  });
  await expect(stalled).rejects.toBeInstanceOf(TransientFault);
  expect(await free()).toEqual([10, 10]);
});

test("statements that go out together come back in their order, and the first refusal is the one that is told", async () => {
  const answers = inTransaction(db.pool, (tx) =>
    tx.together(
      () => tx.rows(sql`update seats set free = 9 where id = 1`),
      () => tx.rows<{ free: number }>(sql`select free from seats order by id`),
      () => tx.rows<{ two: number }>(sql`select 1 + ${1}::int as two`),
    ),
  );
  expect(await answers).toEqual([[], [{ free: 9 }, { free: 10 }], [{ two: 2 }]]);
  const refused = inTransaction(db.pool, (tx) =>
    tx.together(
      () => tx.rows(sql`update seats set free = 0`),
      // More steps lie between this answer and who hears of it than of those behind it.
      () => tx.together(() => tx.together(() => tx.rows(sql`update seats set free = -1`))),
      () => tx.rows(sql`select 1`),
    ),
  );
  await expect(refused).rejects.toMatchObject({ name: "DatabaseFault", sqlstate: "23514" });
  expect(await free()).toEqual([9, 10]);
});

test("statements that go out with the commit are answered and last, and one that is refused leaves nothing behind", async () => {
  const take = (left: number) =>
    inTransaction(db.pool, async (tx) => {
      await tx.rows(sql`update seats set free = 8 where id = 2`);
      const [, seats] = await tx.last(
        () => tx.rows(sql`update seats set free = ${left} where id = 1`),
        () => tx.rows<{ free: number }>(sql`select free from seats order by id`),
      );
      return seats;
    });
  expect(await take(9)).toEqual([{ free: 9 }, { free: 8 }]);
  expect(await free()).toEqual([9, 8]);
  await db.sql`update seats set free = 10`;
  await expect(take(-1)).rejects.toMatchObject({ name: "DatabaseFault", sqlstate: "23514" });
  expect(await free()).toEqual([10, 10]);
});

test("after the commit a transaction takes no statement", async () => {
  const late = inTransaction(db.pool, async (tx) => {
    await tx.last(() => tx.rows(sql`select 1`));
    await tx.rows(sql`update seats set free = 0`);
  });
  await expect(late).rejects.toThrow("has been committed");
  expect(await free()).toEqual([10, 10]);
});

test("a kept statement that was first sent in a transaction that failed works in the next", async () => {
  const kept = sql`select free + ${1}::int as more from seats where id = 1`;
  const act = (first: SqlText) =>
    inTransaction(
      db.pool,
      (tx) =>
        tx.together(
          () => tx.rows(first),
          () => tx.rows(kept),
        ),
      { small: true },
    );
  await expect(act(sql`select 1 / 0`)).rejects.toMatchObject({ sqlstate: "22012" });
  expect((await act(sql`select 1`))[1]).toEqual([{ more: 11 }]);
});

test("a refused statement says which rule refused it and holds none of the values", async () => {
  const error = await inTransaction(db.pool, (tx) => tx.rows(sql`insert into seats values (${1}, ${4_711_000})`)).catch(
    (fault: unknown) => fault,
  );
  expect(error).toBeInstanceOf(DatabaseFault);
  expect(error).toMatchObject({ sqlstate: "23505", constraint: "seats_pkey", message: "23505 seats_pkey" });
  expect(JSON.stringify(Object.entries(error as object)) + (error as Error).stack).not.toContain("4711000");
  expect((error as Error).cause).toBeUndefined();
});

test("a refusal that the work swallowed cannot pass for a commit", async () => {
  const swallowed = inTransaction(db.pool, async (tx) => {
    await tx.rows(sql`update seats set free = 5`);
    await tx.rows(sql`insert into seats values (1, 1)`).catch(() => {});
  });
  await expect(swallowed).rejects.toMatchObject({ name: "DatabaseFault", sqlstate: "25P02" });
  expect(await free()).toEqual([10, 10]);
});

test("copied lines are there with their transaction, however many, beside what is sent along", async () => {
  await inTransaction(db.pool, (tx) => tx.copyIn("copy seats from stdin", seatLines(10)));
  const counted = await inTransaction(db.pool, (tx) =>
    tx.together(
      () => tx.copyIn("copy seats from stdin", seatLines(100_000)),
      () => tx.rows<{ seats: number }>(sql`select count(*)::int as seats from seats`),
      () => tx.copyIn("copy seats from stdin", seatLines(200_000)),
    ),
  );
  expect(counted[1]).toEqual([{ seats: 100_002 }]);
  expect(await db.sql`select count(*)::int as copied from seats`).toEqual([{ copied: 150_002 }]);
});

test("an empty copy ends", async () => {
  for (const pool of [db.pool, db.pool]) {
    await inTransaction(pool, (tx) => tx.copyIn("copy seats from stdin", Buffer.alloc(0)));
  }
  expect(await free()).toEqual([10, 10]);
});

test("a copy of a bad row is a fault of the database, whatever is behind it, and its connection works on", async () => {
  const lines = Buffer.from(
    Array.from({ length: 300_000 }, (_, n) => (n === 20 ? "x\ty\n" : `${n + 10}\t1\n`)).join(""),
  );
  for (const pool of [db.pool, db.pool]) {
    const failed = inTransaction(pool, (tx) =>
      tx.together(
        () => tx.copyIn("copy seats from stdin", lines),
        () => tx.rows(sql`update seats set free = 0`),
      ),
    );
    await expect(failed).rejects.toMatchObject({ name: "DatabaseFault", sqlstate: "22P02" });
    await expect(inTransaction(pool, (tx) => tx.copyIn("copy nowhere from stdin", lines))).rejects.toMatchObject({
      name: "DatabaseFault",
      sqlstate: "42P01",
    });
    expect(pool.idleCount).toBeGreaterThan(0);
    expect(await inTransaction(pool, (tx) => tx.rows(sql`select 1 as one`))).toEqual([{ one: 1 }]);
  }
  expect(await free()).toEqual([10, 10]);
});

test("no database at the address is a transient fault through every way to it", async () => {
  const nowhere = openDatabase("postgres://muster:x@127.0.0.1:1/muster", {
    role: "api",
    poolSize: 1,
    log: makeLog("silent"),
  });
  await expect(inTransaction(nowhere.pool, (tx) => tx.rows(sql`select 1`))).rejects.toMatchObject({
    name: "TransientFault",
    sqlstate: "08006",
  });
  await nowhere.close();
});

async function free(): Promise<number[]> {
  return (await db.sql<{ free: number }[]>`select free from seats order by id`).map((seat) => seat.free);
}

/** Runs `work` while another transaction holds the first row. */
async function holding<T>(work: () => Promise<T>): Promise<T> {
  return inTransaction(
    fresh.db.pool,
    async (tx) => {
      await tx.rows(sql`select from seats where id = 1 for update`);
      return work();
    },
    { reruns: 0 },
  );
}

function seatLines(from: number): Buffer {
  return Buffer.from(Array.from({ length: 50_000 }, (_, n) => `${n + from}\t1\n`).join(""));
}

/** Makes the first `count` calls wait for each other; later ones pass. */
function meeting(count: number): () => Promise<void> {
  const waiting: (() => void)[] = [];
  let here = 0;
  return () => {
    here += 1;
    if (here >= count) for (const go of waiting) go();
    return here >= count ? Promise.resolve() : new Promise((go) => waiting.push(go));
  };
}
