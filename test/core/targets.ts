import { batchOptionsSchema, type Batch, type Row } from "../../contract/batch.ts";
import type { TargetOperation } from "../../contract/operations.ts";
import type { Selection, TargetInput } from "../../contract/user-changes.ts";
import { retryBatch } from "../../core/batches/run/retry-batch.ts";
import { submitRows } from "../../core/batches/submit/submit-rows.ts";
import { submitSelection } from "../../core/batches/submit/submit-selection.ts";
import { submitUpload } from "../../core/batches/submit/submit-upload.ts";
import { runBatch } from "../support/run-batch.ts";
import { admin, bytesOf, type TestCore, type TestTenant, start } from "./test-core.ts";

const options = batchOptionsSchema.parse({});

/** Plans rows about users who are there already. */
export async function planTargets(
  { context }: TestCore,
  tenant: TestTenant,
  operation: TargetOperation,
  rows: TargetInput[],
): Promise<string> {
  const request = { customerId: tenant.id, operation, source: "json", rows, options } as const;
  return (await submitRows(context, admin, request, { apply: false })).batchId;
}

/** Plans a file about users who are there already. */
export async function planFile(
  { context }: TestCore,
  tenant: TestTenant,
  operation: TargetOperation,
  csv: string,
): Promise<string> {
  const upload = { customerId: tenant.id, operation, fileName: "users.csv", bytes: bytesOf(csv), options };
  return (await submitUpload(context, admin, upload)).batchId;
}

/** Plans one change for selected users. */
export async function planSelection(
  { context }: TestCore,
  tenant: TestTenant,
  operation: TargetOperation,
  select: Selection,
  change: TargetInput = {},
): Promise<string> {
  const request = { customerId: tenant.id, operation, select, change, options };
  return (await submitSelection(context, admin, request, { apply: false })).batchId;
}

/** Starts a planned batch, carries it out, and gives it with its rows. */
export async function carryOut(core: TestCore, batchId: string): Promise<{ batch: Batch; rows: Row[] }> {
  await start(core.context, batchId);
  const batch = await runBatch(core.context, batchId);
  return { batch, rows: await core.rows(batchId) };
}

/** Plans rows about users who are there already, and carries them out. */
export async function act(
  core: TestCore,
  tenant: TestTenant,
  operation: TargetOperation,
  rows: TargetInput[],
): Promise<{ batch: Batch; rows: Row[] }> {
  return await carryOut(core, await planTargets(core, tenant, operation, rows));
}

/** Retries all failed and partial rows of a batch, and gives its rows then. */
export async function retryRows(core: TestCore, batchId: string): Promise<Row[]> {
  await retryBatch(core.context, admin, batchId, {});
  await runBatch(core.context, batchId);
  return await core.rows(batchId);
}

/** Everything that an operation may change, and how much was recorded of it: the same before and after a change of nothing. */
export async function pictureOf({ context }: TestCore, tenant: TestTenant): Promise<unknown> {
  const { sql } = context.db;
  const [picture] = await sql`
    select
      (select json_agg(users order by id) from users where customer_id = ${tenant.id}) as users,
      (select json_agg(held order by user_id, sku_id) from license_assignments held where customer_id = ${tenant.id}) as held,
      (select json_agg(held order by user_id, sku_id) from former_licenses held where customer_id = ${tenant.id}) as former,
      (select json_agg(held order by user_id, role) from role_assignments held join users on users.id = held.user_id
        where users.customer_id = ${tenant.id}) as roles,
      (select json_agg(held order by user_id) from temporary_passwords held where customer_id = ${tenant.id}) as passwords,
      (select json_agg(product order by sku_id) from products product where customer_id = ${tenant.id}) as products,
      (select count(*)::int from audit where customer_id = ${tenant.id} and user_id is not null) as records`;
  return picture;
}
