import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { expect, test } from "vitest";
import { findStateWriters, writesState } from "./support/find-state-writers.ts";

const ROOT = resolve(import.meta.dirname, "..");

test("no file outside core/batches/state/ writes the state of batches or chunks", async () => {
  expect(await findStateWriters(ROOT)).toEqual([]);
});

test("a second writer of state is found, in whatever folder of the code it stands", async () => {
  const tree = await mkdtemp(join(tmpdir(), "muster-state-"));
  await cp(join(ROOT, "core/batches"), join(tree, "core/batches"), { recursive: true });
  const planted = [
    "api/uploads/a.ts",
    "core/batches/a.ts",
    "core/batches/run/deep/a.ts",
    "db/a.ts",
    "main.ts",
    "worker/a.ts",
  ];
  for (const file of planted) {
    await mkdir(dirname(join(tree, file)), { recursive: true });
    await writeFile(join(tree, file), "export const sql = \"update batches set state = 'ready' where id = $1\";\n");
  }
  expect(await findStateWriters(tree)).toEqual(planted);
  await rm(tree, { recursive: true, force: true });
});

test.each([
  "`update batches set state = 'ready' where id = $1`",
  "`UPDATE chunks\n  SET\n    state='done'`",
  "`update batches set notes = $2, state = $3 where id = $1`",
  "`update batches set finished_at = (select max(ended_at) from chunk_runs where batch_id = $1), state = 'finished'`",
  "`update batches set paused_ms = paused_ms + extract(epoch from now()) * 1000, state = 'running'`",
  "`with gone as (update chunks c set state = 'done' where no = 1 returning no) select * from gone`",
  "`update chunks as c set run = 1, state = 'queued' from batches where c.batch_id = batches.id`",
  '`update only "public"."batches" set "state" = \'ready\'`',
  "`update batches set (state, notes) = ('ready', '{}') where id = $1`",
  "`update batches set ${columns} where id = $1`",
  "`insert into chunks (batch_id, no) values ($1, $2) on conflict (batch_id, no) do update set state = 'ready'`",
  "`merge into chunks using lost on true when matched then update set state = 'ready'`",
  "orm.update(batches).set({ state: 'ready' })",
])("a write of state is seen in %s", (text) => {
  expect(writesState(text)).toBe(true);
});

test.each([
  "`update batches set plan = $2 where id = $1 and state = 'ready'`",
  "`update batches set notes = notes || $2 where id = (select id from batches where state = 'ready')`",
  "`update chunks set carrier = $2 where batch_id = $1 and state in ('ready', 'queued')`",
  "`update batches set notes = coalesce((select '{}'::text[] from chunks where state = 'done'), notes)`",
  "`update row_results set state = 'pending' where batch_id = $1`",
  "`select state from batches where state = 'ready' for update`",
  "`insert into chunks (batch_id, state) values ($1, 'planned') on conflict (batch_id, no) do update set pending = 1`",
  "`update batches set file_hash = $2 where id = $1`; const open = { state: 1 }; `update rows set state = 1`",
])("no write of state is seen in %s", (text) => {
  expect(writesState(text)).toBe(false);
});
