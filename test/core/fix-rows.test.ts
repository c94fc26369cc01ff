import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { FixChange } from "../../contract/fix.ts";
import { changeBatch } from "../../core/batches/edit/change-batch.ts";
import { changeRows } from "../../core/batches/edit/change-rows.ts";
import { fixRows } from "../../core/batches/edit/fix-rows.ts";
import { listFixes } from "../../core/batches/edit/list-fixes.ts";
import { previewFix } from "../../core/batches/edit/preview-fix.ts";
import { retryBatch } from "../../core/batches/run/retry-batch.ts";
import { undoFix } from "../../core/batches/edit/undo-fix.ts";
import { sweep } from "../../core/housekeeping/sweep.ts";
import { brokenInvariants } from "../support/broken-invariants.ts";
import { runReady } from "../support/run-batch.ts";
import { admin, endings, openTestCore, person, problemOf, plansOf, type TestCore } from "./test-core.ts";

let core: TestCore;

beforeAll(async () => {
  core = await openTestCore();
});
afterAll(() => core.close());

const fix = async (id: string, change: FixChange, planVersion?: number) =>
  (await fixRows(core.context, admin, id, change, { planVersion })).id;
const undo = async (batchId: string, fixId: string) => await undoFix(core.context, admin, { batchId, fixId });
const fixesOf = (batchId: string) => listFixes(core.context, batchId);

/** All that an agent sees of a batch and its rows, and what is kept of these. */
async function picture(id: string) {
  const { plan, totals, seats, header } = await core.batch(id);
  const read = await core.context.db.sql`
    select to_jsonb(rows) - 'batch_id' - 'cells' as row from rows where batch_id = ${id} order by row_no`;
  return { plan, totals, seats, header, read: [...read], rows: await core.rows(id) };
}

/** What a fix is to do, told by hand: each row of the cause by itself, in the words of a change of its cell. */
async function rowByRow(id: string, { code, column, change }: FixChange): Promise<number> {
  const rows = await core.rows(id, { code });
  let changed = 0;
  for (const { rowNo, input } of rows) {
    const before = input[column] ?? "";
    const after = "set" in change ? (change.set ?? "") : before.replaceAll(change.replace, () => change.by);
    if (after === before) continue;
    await changeRows(core.context, admin, id, [{ rowNo, values: { [column]: after === "" ? null : after } }]);
    changed += 1;
  }
  return changed;
}

const header = ["User name", "First name", "Last name", "Usage location", "Licenses"];
const line = fc.tuple(
  fc.constantFrom("", "anna", "ANNA", "bo", "a b", "a b", "x@old.example", "y@old.example", "y"),
  fc.constantFrom("", "Ana", "Bo"),
  fc.constantFrom("Silva", "Li"),
  fc.constantFrom("NL", "Atlantis", "Atlantis 2", ""),
  fc.constantFrom("", "SPE_E3", "nothing"),
);
const csv = (lines: string[][]) => [header, ...lines].map((cells) => cells.join(",")).join("\n");
const change = (find: fc.Arbitrary<string>, by: fc.Arbitrary<string>, set: fc.Arbitrary<string | null>) =>
  fc.oneof(fc.record({ replace: find, by }), fc.record({ set }));
const fixes: fc.Arbitrary<FixChange> = fc.oneof(
  fc.record({
    code: fc.constant("country_unknown" as const),
    column: fc.constant("Usage location"),
    change: change(
      fc.constantFrom("Atlantis", "t", "q"),
      fc.constantFrom("SE", "", "$&"),
      fc.constantFrom("SE", "Mu", null),
    ),
  }),
  fc.record({
    code: fc.constantFrom("domain_unverified" as const, "upn_invalid" as const, "duplicate_in_file" as const),
    column: fc.constant("User name"),
    change: change(
      fc.constantFrom("@old.example", " ", "A"),
      fc.constantFrom("", "z"),
      fc.constantFrom("bo", "y", null),
    ),
  }),
  fc.record({
    code: fc.constantFrom("sku_unknown" as const, "seat_shortage" as const),
    column: fc.constant("Licenses"),
    change: change(fc.constantFrom("nothing", "SPE"), fc.constantFrom("SPE_E3", ""), fc.constantFrom("SPE_E3", null)),
  }),
);

test("one change in all rows of a plan gives what the same change of each row gives, and undone it is as if it had never been", async () => {
  const tenant = await core.makeCustomer([{ skuPartNumber: "SPE_E3", total: 2 }]);
  await core.provision(tenant, [person("bo", { surname: "Li" }), person("ana.silva2")]);
  const options = { upnPattern: "{givenName}.{surname}" };
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 2, maxLength: 9 }), fixes, async (lines, one) => {
      const [together, byHand] = [
        await core.upload(tenant, csv(lines), options),
        await core.upload(tenant, csv(lines), options),
      ];
      const before = await picture(together.id);
      const preview = await previewFix(core.context, together.id, one);
      expect(await picture(together.id)).toEqual(before);
      expect(preview.rows).toBe(before.rows.filter(({ code }) => code === one.code).length);
      const fixId = await fix(together.id, one);
      const changed = await rowByRow(byHand.id, one);
      expect([preview.changes, preview.first.length]).toEqual([changed, Math.min(10, changed)]);
      expect(await picture(together.id)).toEqual(await picture(byHand.id));
      expect(await fixesOf(together.id)).toMatchObject([
        { id: fixId, rows: changed, column: one.column, undoneAt: null },
      ]);
      await undo(together.id, fixId);
      expect(await picture(together.id)).toEqual(before);
      expect((await fixesOf(together.id))[0]).toMatchObject({ kept: 0 });
    }),
    { numRuns: 40 },
  );
  expect(await brokenInvariants(core.context.db)).toEqual([]);
}, 120_000);

test("one change in all failed rows of a batch that has run gives what the same change of each row gives, and they are retried with it", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 2, maxLength: 6 }), fixes, async (lines, one) => {
      const ends = [];
      for (const way of [fix, rowByRow]) {
        const tenant = await core.makeCustomer([{ skuPartNumber: "SPE_E3", total: 2 }]);
        const batch = await core.upload(tenant, csv(lines));
        if (batch.totals.pending === 0) return;
        await core.apply(batch.id);
        await way(batch.id, { ...one, state: "failed" });
        const changed = plansOf(await core.rows(batch.id));
        await retryBatch(core.context, admin, batch.id, {});
        await runReady(core.context);
        ends.push({ changed, ended: endings(await core.rows(batch.id)), totals: (await core.batch(batch.id)).totals });
      }
      expect(ends[0]).toEqual(ends[1]);
    }),
    { numRuns: 15 },
  );
  expect(await brokenInvariants(core.context.db)).toEqual([]);
}, 120_000);

test("20,000 rows are changed at once and changed back, with a record in the audit for each", async () => {
  const tenant = await core.makeCustomer();
  const lines = Array.from({ length: 20_000 }, (_, at) => `u${at},User ${at},${at % 2 === 0 ? "Atlantis" : "Lemuria"}`);
  const batch = await core.upload(tenant, `User name,Display name,Usage location\n${lines.join("\n")}\n`);
  expect(batch.plan).toMatchObject({ create: 0, invalid: 20_000 });
  const fixId = await fix(batch.id, { code: "country_unknown", column: "usageLocation", change: { set: "SE" } });
  expect(await core.batch(batch.id)).toMatchObject({ planVersion: 2, plan: { create: 20_000, invalid: 0 } });
  expect((await core.audited(batch.id))["change_row"]).toBe(20_000);
  await undo(batch.id, fixId);
  expect(await core.batch(batch.id)).toMatchObject({ planVersion: 3, plan: { create: 0, invalid: 20_000 } });
  const [cells] = await core.context.db.sql`
    select count(*) filter (where cells[3] = 'Atlantis')::int as atlantis, count(*) filter (where cells[3] = 'Lemuria')::int as lemuria
    from rows where batch_id = ${batch.id}`;
  expect(cells).toEqual({ atlantis: 10_000, lemuria: 10_000 });
}, 120_000);

const lost = "User name,Display name,Usage location\na,A,Atlantis\nb,B,Atlantis\nc,C,Lemuria\n";
const toSweden: FixChange = { code: "country_unknown", column: "Usage location", change: { set: "SE" } };

test("of two agents who change the same plan at once, one is told that it moved", async () => {
  const tenant = await core.makeCustomer();
  const batch = await core.upload(tenant, lost);
  const toNorway: FixChange = { ...toSweden, change: { set: "NO" } };
  const both = [toSweden, toNorway].map((one) => fixRows(core.context, admin, batch.id, one, { planVersion: 1 }));
  const ends = await Promise.allSettled(both);
  expect(ends.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect(await problemOf(both[ends.findIndex(({ status }) => status === "rejected")]!)).toMatchObject({
    code: "plan_changed",
  });
  const places = (await core.rows(batch.id)).map(({ input }) => input["Usage location"]);
  expect(new Set(places).size).toBe(1);
  expect(await fixesOf(batch.id)).toHaveLength(1);
});

test("undoing leaves rows alone that were changed again or carried out since, and says how many", async () => {
  const tenant = await core.makeCustomer();
  const batch = await core.upload(tenant, lost);
  const fixId = await fix(batch.id, toSweden);
  await changeRows(core.context, admin, batch.id, [{ rowNo: 1, values: { "Usage location": "NL" } }]);
  await undo(batch.id, fixId);
  expect((await core.rows(batch.id)).map(({ input }) => input["Usage location"])).toEqual([
    "NL",
    "Atlantis",
    "Lemuria",
  ]);
  expect((await fixesOf(batch.id))[0]).toMatchObject({ rows: 3, kept: 1 });
  await undo(batch.id, fixId);
  expect((await fixesOf(batch.id))[0]).toMatchObject({ rows: 3, kept: 1 });

  const again = await fix(batch.id, { ...toSweden, change: { replace: "Atlantis", by: "FR" } });
  await core.apply(batch.id);
  await undo(batch.id, again);
  expect((await fixesOf(batch.id))[0]).toMatchObject({ id: again, rows: 1, kept: 1 });
  expect(endings(await core.rows(batch.id))).toEqual(["succeeded", "succeeded", "failed country_unknown"]);
  const foreign = await core.upload(tenant, lost);
  expect(await problemOf(undo(foreign.id, again))).toMatchObject({ code: "not_found" });
});

test("a field without a column gets one, and undone the column is empty", async () => {
  const tenant = await core.makeCustomer([{ skuPartNumber: "SPE_E3", total: 9 }]);
  const batch = await core.upload(tenant, "User name,Display name,Licenses\na,A,SPE_E3\nb,B,SPE_E3\n");
  const [cause] = new Set((await core.rows(batch.id)).map(({ code }) => code));
  const fixId = await fix(batch.id, { code: cause!, column: "usageLocation", change: { set: "SE" } });
  expect(plansOf(await core.rows(batch.id))).toEqual(["create", "create"]);
  await undo(batch.id, fixId);
  expect((await core.rows(batch.id)).map(({ code, input }) => [code, input["Usage location"]])).toEqual([
    [cause, ""],
    [cause, ""],
  ]);
});

test("passwords, cells beyond the columns, what is no column and what grows too long are refused, and nothing happens", async () => {
  const tenant = await core.makeCustomer();
  const long = "a".repeat(30_000);
  const batch = await core.upload(
    tenant,
    `User name,Display name,Usage location,Password,Confirm password,Notes\na,A,Atlantis,x,x,${long}\nb,B,Atlantis,,,,more\n`,
  );
  const before = await picture(batch.id);
  for (const column of ["Password", "Confirm password", "Column 7", "shoeSize"]) {
    const refused = { ...toSweden, column };
    expect(await problemOf(fix(batch.id, refused))).toMatchObject({ code: "body_invalid", errors: [{ column }] });
    expect((await problemOf(previewFix(core.context, batch.id, refused))).code).toBe("body_invalid");
  }
  const grown: FixChange = { ...toSweden, column: "Notes", change: { replace: "a", by: "bcd" } };
  expect(await problemOf(fix(batch.id, grown))).toMatchObject({
    code: "body_invalid",
    errors: [{ row: 1, column: "Notes" }],
  });
  expect(await picture(batch.id)).toEqual(before);
  expect(await fixesOf(batch.id)).toEqual([]);
});

test("what a fix keeps for its undoing goes with the cells of the batch, and outlives another mapping", async () => {
  const tenant = await core.makeCustomer();
  const batch = await core.upload(tenant, lost);
  const fixId = await fix(batch.id, toSweden);
  await changeBatch(core.context, admin, batch.id, { mapping: { "Display name": "surname" } });
  await undo(batch.id, fixId);
  expect((await core.rows(batch.id)).map(({ input }) => input["Usage location"])).toEqual([
    "Atlantis",
    "Atlantis",
    "Lemuria",
  ]);
  await fix(batch.id, toSweden);
  const later = { ...core.context, now: () => new Date(Date.now() + 91 * 86_400_000) };
  while (((await sweep(later, { keepRowsDays: 90 }))["cells"] ?? 0) > 0);
  expect(await core.context.db.sql`select * from fixed_cells`).toHaveLength(0);
  expect(await fixesOf(batch.id)).toEqual([]);
});
