import * as fc from "fast-check";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { BatchChange, BatchOptions } from "../../contract/batch.ts";
import { fieldNames } from "../../contract/fields.ts";
import { Problem } from "../../contract/problem.ts";
import { changeBatch } from "../../core/batches/edit/change-batch.ts";
import { holdsSecrets } from "../../files/header/recognise-header.ts";
import { submitUpload } from "../../core/batches/submit/submit-upload.ts";
import { admin, bothDefaults, openTestCore, type TestCore, type TestTenant } from "./test-core.ts";

let core: TestCore;

beforeAll(async () => {
  core = await openTestCore();
});
afterAll(() => core.close());

const folder = fileURLToPath(new URL("../samples/", import.meta.url));
const samples = readdirSync(folder).filter((name) => /\.(?:csv|txt|xlsx)$/.test(name));

async function* bytesOf(name: string): AsyncIterable<Uint8Array> {
  yield readFileSync(folder + name);
}

/** Uploads a sample and gives the id of its batch, or the code with which it was refused. */
async function upload(
  tenant: TestTenant,
  name: string,
  options: Partial<BatchOptions>,
): Promise<{ id: string } | string> {
  try {
    const { batchId } = await submitUpload(core.context, admin, {
      customerId: tenant.id,
      operation: "createUsers",
      fileName: name,
      bytes: bytesOf(name),
      options: { ...bothDefaults, ...options },
    });
    return { id: batchId };
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}

/**
 * All that a plan is made of, without what tells one batch from another. Seals of a column that no longer stands for the
 * password are of no use, and kept for a mapping that may come back.
 */
async function planOf(id: string): Promise<Record<string, unknown>> {
  const { sql } = core.context.db;
  const { header, columns, unknownColumns, options, notes, state, plan, totals, seats, encoding, delimiter } =
    await core.batch(id);
  const rows = await sql`
    select to_jsonb(rows) - 'batch_id' - 'sealed' as row,
      sealed is not null and ${columns.includes("password")} as sealed
    from rows where batch_id = ${id} order by row_no`;
  const results = await sql`
    select to_jsonb(row_results) - 'batch_id' as result from row_results where batch_id = ${id} order by row_no`;
  const chunks =
    await sql`select to_jsonb(chunks) - 'batch_id' as chunk from chunks where batch_id = ${id} order by no`;
  const head = { header, columns, unknownColumns, options, notes, state, plan, totals, seats, encoding, delimiter };
  return { ...head, rows: [...rows], results: [...results], chunks: [...chunks] };
}

const someSkus = fc.constantFrom<string[]>(["SPE_E3"], ["EMS", "SPE_E3"]);
const someOptions = (tenant: TestTenant) =>
  fc.record(
    {
      domain: fc.constant(tenant.domain),
      upnPattern: fc.constantFrom("{givenName}.{surname}", "{g}{surname}", "{displayName}"),
      usageLocation: fc.constantFrom("NL", "Germany"),
      skus: someSkus,
      onExisting: fc.constantFrom("skip" as const, "update" as const),
      onDeleted: fc.constantFrom("ask" as const, "restore" as const, "create" as const),
    },
    { requiredKeys: [] },
  );

const someMapping = (header: string[]) =>
  fc.option(
    fc.dictionary(fc.constantFrom(...header), fc.option(fc.constantFrom(...fieldNames), { freq: 4 }), {
      maxKeys: Math.min(4, header.length),
    }),
    { nil: undefined },
  );

/** The code with which something was refused, or null where it was not. */
async function codeOf(done: Promise<void>): Promise<string | null> {
  try {
    await done;
    return null;
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}

/** Lets some of the file's people be users already, of whom one has moved and one is deleted. */
async function provisionSome(tenant: TestTenant, name: string): Promise<void> {
  const batch = await upload(tenant, name, { domain: tenant.domain, upnPattern: "{givenName}.{surname}" });
  if (typeof batch === "string") return;
  await core.apply(batch.id);
  await core.context.db.sql`
    update users set city = 'Utrecht', version = version + 1
    where id = (select id from users where customer_id = ${tenant.id} order by user_principal_name limit 1)`;
  await core.context.db.sql`
    update users set deleted_at = now(), version = version + 1
    where id = (select id from users where customer_id = ${tenant.id} order by user_principal_name desc limit 1)`;
}

/**
 * Whether the cells of the file's password column would be others in a fresh upload: in the open where its name does not
 * tell, and marks where Muster wrote the file and they are blank by now.
 */
function hidesOther(header: string[], columns: (string | null)[], mapping: BatchOptions["mapping"]): boolean {
  const label = header[columns.indexOf("password")];
  if (label === undefined || mapping === undefined || mapping[label] === "password") return false;
  return !holdsSecrets(label) || mapping[label] !== undefined || Object.values(mapping).includes("password");
}

test("a plan made again is the plan that an upload with the same options gives, of every sample", async () => {
  const shops = new Map<string, TestTenant>();
  let same = 0;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...samples), fc.boolean(), fc.gen(), async (name, provisioned, gen) => {
      const key = `${name} ${provisioned}`;
      if (!shops.has(key)) {
        const tenant = await core.makeCustomer(["SPE_E3", "EMS"].map((skuPartNumber) => ({ skuPartNumber, total: 2 })));
        if (provisioned) await provisionSome(tenant, name);
        shops.set(key, tenant);
      }
      const tenant = shops.get(key)!;
      await core.context.db.sql`delete from mappings where customer_id = ${tenant.id}`;
      const plain = await upload(tenant, name, {});
      if (typeof plain === "string") return;
      const { header, columns } = await core.batch(plain.id);
      const options = gen(someOptions, tenant);
      const mapping = gen(someMapping, header);
      if (hidesOther(header, columns, mapping)) return;
      const asked = mapping === undefined ? options : { ...options, mapping };
      const fresh = await upload(tenant, name, asked);
      const change: BatchChange = { options, ...(mapping === undefined ? {} : { mapping }) };
      const changed = await codeOf(changeBatch(core.context, admin, plain.id, change));
      // Passwords that were thrown away cannot come back.
      if (changed === "mapping_invalid" && Object.values(mapping ?? {}).includes("password")) return;
      expect(changed).toBe(typeof fresh === "string" ? fresh : null);
      if (typeof fresh === "string") return;
      expect(await planOf(plain.id)).toEqual(await planOf(fresh.id));
      expect((await core.batch(plain.id)).planVersion).toBe(2);
      same += 1;
    }),
    { numRuns: 120 },
  );
  expect(same).toBeGreaterThan(40);
}, 400_000);

test("a mapping that an upload refuses is refused afterwards too", async () => {
  const tenant = await core.makeCustomer([]);
  const name = "admin-center-export.csv";
  const plain = await upload(tenant, name, {});
  if (typeof plain === "string") throw new Error(plain);
  const [first, second] = (await core.batch(plain.id)).header as [string, string];
  const mapping = { [first]: "city", [second]: "city" } as const;
  expect(await upload(tenant, name, { mapping })).toBe("mapping_invalid");
  expect(await codeOf(changeBatch(core.context, admin, plain.id, { mapping }))).toBe("mapping_invalid");
});

test("of a file of many blocks too", async () => {
  const tenant = await core.makeCustomer([{ skuPartNumber: "SPE_E3", total: 1500 }]);
  const lines = Array.from(
    { length: 3210 },
    (_, at) => `Ort ${at % 7},Person ${at % 900},Müller,${at % 11 === 0 ? "x@other.example" : ""},Passw0rd.${at}`,
  );
  const csv = `Wo,Given,Family,Wer,Geheim\n${lines.join("\n")}\n`;
  const mapping = { Wo: "city", Given: "givenName", Family: "surname", Wer: "userPrincipalName", Geheim: "password" };
  const options = { upnPattern: "{givenName}.{surname}", usageLocation: "NL", skus: ["SPE_E3"] };
  const plain = await core.upload(tenant, csv, { mapping: { Given: "givenName", Geheim: null } });
  expect(plain.plan).toMatchObject({ create: 0, invalid: 3210 });
  await core.context.db.sql`delete from mappings`;
  await changeBatch(core.context, admin, plain.id, { mapping, options });
  const fresh = await core.upload(tenant, csv, { ...options, mapping });
  expect(fresh).toMatchObject({ plan: { create: 2918, invalid: 292 } });
  expect(await planOf(plain.id)).toEqual(await planOf(fresh.id));
  await core.apply(plain.id);
  expect(await core.seats(tenant)).toEqual({ SPE_E3: { total: 1500, consumed: 1500 } });
});

/** A file of `count` people, of whom every other one has a sign-in name. */
function halfNamed(count: number, mark: string): string {
  const lines = Array.from({ length: count }, (_, at) => `Ana,${mark}${at},${at % 2 === 0 ? "" : `${mark}${at}`}`);
  return ["First name,Last name,User name", ...lines].join("\n");
}

test("a large file is planned again though the statistics know nothing of its batch", async () => {
  const tenant = await core.makeCustomer();
  for (const mark of ["a", "b"]) await core.upload(tenant, halfNamed(2000, mark));
  // From now on Postgres takes every other batch for one of a single row.
  await core.context.db.sql`analyze rows, row_results`;
  const batch = await core.upload(tenant, halfNamed(20_000, "c"));
  const options = { upnPattern: "{givenName}.{surname}" };
  await changeBatch(core.context, admin, batch.id, { options });
  expect((await core.batch(batch.id)).plan.create).toBe(20_000);
});
