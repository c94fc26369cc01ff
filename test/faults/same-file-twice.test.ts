import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Batch } from "../../contract/batch.ts";
import { brokenInvariants } from "../support/broken-invariants.ts";
import type { Client } from "../support/client.ts";
import { openInstallation, type Installation } from "./installation.ts";
import { peopleCsv } from "./people-csv.ts";

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const people = 5_000;

let installation: Installation;
let client: Client;
let customer: { id: string; domain: string };
let csv: string;

beforeAll(async () => {
  installation = await openInstallation();
  [{ client }] = await Promise.all([installation.startApi(), installation.startWorker(), installation.startWorker()]);
  customer = await client.makeCustomer([{ skuPartNumber: "SPE_E3", total: people }]);
  csv = peopleCsv(customer.domain, people, { skus: "SPE_E3" });
});

afterAll(() => installation.close());

/** Users, seats, passwords and audit of the customer, each told by what changes when anything of it does. */
async function stand(): Promise<Record<string, unknown> | undefined> {
  const [found] = await installation.db.sql`
    select (select count(*)::int from users where customer_id = ${customer.id}) as users,
      (select md5(string_agg(id::text || version, ' ' order by id)) from users) as versions,
      (select consumed from products where customer_id = ${customer.id}) as consumed,
      (select count(*)::int from temporary_passwords) as passwords,
      (select md5(string_agg(encode(sealed, 'hex'), ' ' order by user_id)) from temporary_passwords) as seals,
      (select count(*)::int from audit where user_id is not null) as audited`;
  return found;
}

const totalsOf = ({ totals }: Batch) => ({ ...totals, done: totals.succeeded + totals.unchanged });

test("the same file uploaded and applied twice at once makes each user once", async () => {
  const batches = await Promise.all([client.upload(customer.id, csv), client.upload(customer.id, csv)]);
  expect(batches.map(({ plan }) => plan.create)).toEqual([people, people]);
  await Promise.all(batches.map(({ id }) => client.act(id, "apply")));

  const ended = await Promise.all(batches.map(({ id }) => client.finished(id)));

  expect(ended.map(totalsOf)).toMatchObject([
    { rows: people, pending: 0, failed: 0, partial: 0, done: people },
    { rows: people, pending: 0, failed: 0, partial: 0, done: people },
  ]);
  expect(ended.reduce((sum, { totals }) => sum + totals.succeeded, 0)).toBe(people);
  expect(await stand()).toMatchObject({ users: people, consumed: people, passwords: people, audited: people });
  expect(await brokenInvariants(installation.db)).toEqual([]);
});

test("the same file in turn changes nothing: all rows unchanged, no audit, no other password", async () => {
  const before = await stand();
  const batch = await client.upload(customer.id, csv);
  expect(batch.plan).toMatchObject({ unchanged: people, create: 0, update: 0, conflict: 0 });
  expect(batch.sameFileAs).not.toBeNull();
  await client.act(batch.id, "apply");

  const { totals } = await client.finished(batch.id);

  expect(totals).toMatchObject({ rows: people, pending: 0, unchanged: people, succeeded: 0, failed: 0, partial: 0 });
  expect(await stand()).toEqual(before);
  expect(await brokenInvariants(installation.db)).toEqual([]);
});
