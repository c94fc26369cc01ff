import type { Batch, BatchOptions, Row } from "../../contract/batch.ts";
import type { Code } from "../../contract/codes.ts";
import { Problem } from "../../contract/problem.ts";
import type { Customer, NewProduct } from "../../contract/customer.ts";
import type { User, UserInput } from "../../contract/user.ts";
import type { Actor } from "../../core/actor.ts";
import type { CoreContext } from "../../core/context.ts";
import { unrestricted } from "../../core/access/authority/authority.ts";
import { applyBatch, applyHeld } from "../../core/batches/run/apply-batch.ts";
import { getBatch } from "../../core/batches/read/get-batch.ts";
import { listRows, type RowFilter } from "../../core/batches/read/list-rows.ts";
import { createCustomer } from "../../core/directory/customers/create-customer.ts";
import { submitRows } from "../../core/batches/submit/submit-rows.ts";
import { submitUpload } from "../../core/batches/submit/submit-upload.ts";
import { getUser } from "../../core/directory/users/read-users.ts";
import { inTransaction } from "../../db/in-transaction.ts";
import { newId } from "../../db/new-id.ts";
import { openCore, type CoreFixture } from "../support/core-context.ts";
import { runBatch } from "../support/run-batch.ts";

/** Real GUIDs and part numbers of the catalogue. */
export const e3 = { skuId: "05e9a617-0261-4cee-bb44-138d3ef5d965", skuPartNumber: "SPE_E3" };
export const p1 = { skuId: "078d2b04-f1bd-4111-bbd4-b4b1b354cef4", skuPartNumber: "AAD_PREMIUM" };
export const ems = { skuId: "efccb6f7-5641-4e0e-bd10-b4976e1bf68e", skuPartNumber: "EMS" };

/** Seats of `e3` and of `ems`, so many of each. */
export const bothProducts = (total: number) => [
  { skuPartNumber: e3.skuPartNumber, total },
  { skuPartNumber: ems.skuPartNumber, total },
];

/** A service plan that is a part of `p1` and `ems`, and another of `ems`. */
export const mfaPlan = "8a256a2b-b617-496d-b51b-e76466e88db0";
export const intunePlan = "c1ec4a95-1f05-45b3-a911-aa3fa01094f5";

export const admin: Actor = { kind: "agent", id: newId(), name: "Ada Agent", authority: unrestricted };

/** A customer with one domain of its own. */
export type TestTenant = { id: string; domain: string };

/** What an agent does in the pages, done with core alone. */
export type TestCore = CoreFixture & {
  makeCustomer(products?: NewProduct[]): Promise<TestTenant>;
  /** Uploads a file and gives the planned batch. */
  upload(tenant: TestTenant, csv: string, options?: Partial<BatchOptions>): Promise<Batch>;
  /** Plans users given as JSON. */
  plan(tenant: TestTenant, rows: UserInput[], options?: Partial<BatchOptions>): Promise<Batch>;
  /** Starts a planned batch and carries it out. */
  apply(batchId: string): Promise<Batch>;
  /** Plans users given as JSON and carries them out. */
  provision(tenant: TestTenant, rows: UserInput[], options?: Partial<BatchOptions>): Promise<Batch>;
  batch(batchId: string): Promise<Batch>;
  rows(batchId: string, filter?: Partial<RowFilter>): Promise<Row[]>;
  row(batchId: string, rowNo: number): Promise<Row>;
  /** The customer's active user of this name. */
  user(tenant: TestTenant, name: string): Promise<User>;
  /** Deletes a user, `days` ago by the clock of the machine, and gives its id. */
  deleteUser(tenant: TestTenant, name: string, days?: number): Promise<string>;
  /** How many audit records of each operation the batch has, without those of acts on the batch itself. */
  audited(batchId: string): Promise<Record<string, number>>;
  /** Each product's seats. @throws Error where `consumed` is not the number of assignments, or more than there are. */
  seats(tenant: TestTenant): Promise<Record<string, { total: number; consumed: number }>>;
};

export const bothDefaults: BatchOptions = { onExisting: "skip", onDeleted: "ask" };

/** Starts a planned batch. One whose rows all fail starts as it does along with an upload that is applied at once. */
export async function start(context: CoreContext, batchId: string): Promise<void> {
  const batch = await getBatch(context, batchId);
  if (batch === null || batch.totals.pending > 0) await applyBatch(context, admin, batchId);
  else await inTransaction(context.db.pool, async (tx) => await applyHeld(context, tx, admin, batch));
}

/** Opens core on a database of its own; call it in `beforeAll`, and `close` in `afterAll`. */
export async function openTestCore(): Promise<TestCore> {
  const fixture = await openCore();
  const { context } = fixture;
  const { sql } = context.db;

  const core: TestCore = {
    ...fixture,
    async makeCustomer(products = []) {
      const domain = `${newId().slice(-12)}.example`;
      const { id }: Customer = await createCustomer(context, admin, {
        name: `Customer ${domain}`,
        domains: [domain],
        products,
      });
      return { id, domain };
    },
    async upload(tenant, csv, options = {}) {
      const { batchId } = await submitUpload(context, admin, {
        customerId: tenant.id,
        operation: "createUsers",
        fileName: "people.csv",
        bytes: bytesOf(csv),
        options: { ...bothDefaults, ...options },
      });
      return await core.batch(batchId);
    },
    async plan(tenant, rows, options = {}) {
      const { batchId } = await submitRows(
        context,
        admin,
        {
          customerId: tenant.id,
          operation: "createUsers",
          source: "json",
          rows,
          options: { ...bothDefaults, ...options },
        },
        { apply: false },
      );
      return await core.batch(batchId);
    },
    async apply(batchId) {
      await start(context, batchId);
      return await runBatch(context, batchId);
    },
    async provision(tenant, rows, options = {}) {
      const { id } = await core.plan(tenant, rows, options);
      return await core.apply(id);
    },
    async batch(batchId) {
      const batch = await getBatch(context, batchId);
      if (batch === null) throw new Error("there is no such batch");
      return batch;
    },
    async rows(batchId, filter = {}) {
      const { items } = await listRows(context, batchId, { limit: 500, count: false, ...filter });
      return items;
    },
    async row(batchId, rowNo) {
      const row = (await core.rows(batchId)).find((one) => one.rowNo === rowNo);
      if (row === undefined) throw new Error(`there is no row ${rowNo}`);
      return row;
    },
    async user(tenant, name) {
      const [found] = await sql<{ id: string }[]>`
        select id from users where customer_id = ${tenant.id} and lower(user_principal_name) = lower(${upn(tenant, name)})
          and deleted_at is null`;
      const user = found === undefined ? null : await getUser(context, tenant.id, found.id);
      if (user === null) throw new Error(`there is no user ${name}`);
      return user;
    },
    async deleteUser(tenant, name, days = 1) {
      const [gone] = await sql<{ id: string }[]>`
        update users set deleted_at = now() - make_interval(days => ${days}), version = version + 1
        where customer_id = ${tenant.id} and lower(user_principal_name) = lower(${upn(tenant, name)}) and deleted_at is null
        returning id`;
      if (gone === undefined) throw new Error(`there is no user ${name}`);
      return gone.id;
    },
    async audited(batchId) {
      const counted = await sql<{ operation: string; records: number }[]>`
        select operation, count(*)::int as records from audit
        where batch_id = ${batchId} and row_no is not null group by operation`;
      return Object.fromEntries(counted.map(({ operation, records }) => [operation, records]));
    },
    async seats(tenant) {
      const products = await sql<{ part: string; total: number; consumed: number; assigned: number }[]>`
        select sku_part_number as part, total, consumed, (
          select count(*)::int from license_assignments held
          where held.customer_id = products.customer_id and held.sku_id = products.sku_id) as assigned
        from products where customer_id = ${tenant.id}`;
      for (const { part, total, consumed, assigned } of products) {
        if (consumed !== assigned || consumed > total) {
          throw new Error(`${part}: ${consumed} of ${total} seats are consumed, ${assigned} are assigned`);
        }
      }
      return Object.fromEntries(products.map(({ part, total, consumed }) => [part, { total, consumed }]));
    },
  };
  return core;
}

/** The bytes of a file as they arrive, in one piece. */
export async function* bytesOf(text: string): AsyncIterable<Uint8Array> {
  yield Buffer.from(text);
}

/** `name` on the customer's domain, unless it has one. */
export function upn(tenant: TestTenant, name: string): string {
  return name.includes("@") ? name : `${name}@${tenant.domain}`;
}

/** A user with what every user needs, and `more`. */
export function person(name: string, more: UserInput = {}): UserInput {
  return { userPrincipalName: name, displayName: `Display ${name}`, ...more };
}

/** `count` users `u1`, `u2`, … each with `more`. */
export function people(count: number, more: UserInput = {}): UserInput[] {
  return Array.from({ length: count }, (_, at) => person(`u${at + 1}`, more));
}

/** A user in the Netherlands who is to have these products. */
export function licensed(name: string, ...skus: string[]): UserInput {
  return person(name, { usageLocation: "NL", licenses: skus.map((sku) => ({ sku })) });
}

/** The code with which `refused` was refused. @throws Error where it was not. */
export async function refusal(refused: Promise<unknown>): Promise<Code> {
  return (await problemOf(refused)).code;
}

/** The problem with which `refused` was refused. @throws Error where it was not. */
export async function problemOf(refused: Promise<unknown>): Promise<Problem> {
  try {
    await refused;
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

/** The rows' plans and codes in short, such as `create` or `conflict user_exists`. */
export function plansOf(rows: readonly Row[]): string[] {
  return rows.map((row) => [row.plan, row.code].filter((part) => part !== null).join(" "));
}

/** How the rows ended in short, such as `succeeded` or `partial licenses seat_shortage`. */
export function endings(rows: readonly Row[]): string[] {
  return rows.map((row) => [row.state, row.step, row.code].filter((part) => part !== null).join(" "));
}
