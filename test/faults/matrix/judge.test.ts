import { afterAll, beforeAll, expect, test } from "vitest";
import type { Batch } from "../../../contract/batch.ts";
import { startApp, type TestApp } from "../../support/app.ts";
import { peopleCsv } from "../people-csv.ts";
import { judge } from "./judge.ts";
import type { Started, Work } from "./work.ts";

const rows = 4;
const seats = 3;

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

async function finished({ customerId, operation, csv }: Work): Promise<string> {
  const path = `/v1/customers/${customerId}/uploads?operation=${operation}&apply=true`;
  const { body } = await app.request<Batch>(path, { csv });
  return (await app.finished(body.id)).id;
}

/** A batch of people who were made, of whom three have a seat. */
async function made(): Promise<Started> {
  const { id, domain } = await app.makeCustomer([{ skuPartNumber: "SPE_E3", total: seats }]);
  const csv = peopleCsv(domain, rows, { skus: "SPE_E3" });
  const work: Work = { customerId: id, operation: "create-users", csv, rows, seats };
  return { ...work, batchId: await finished(work) };
}

/** A batch in which such people were deleted. */
async function deleted(): Promise<Started> {
  const work: Work = { ...(await made()), operation: "delete-users" };
  return { ...work, batchId: await finished(work) };
}

test("batches that made users and deleted them are right", async () => {
  const verdict = await judge(app.db, [await made(), await deleted()]);
  expect(verdict).toEqual({ lost: 0, doubled: 0, wrong: [] });
});

/** Takes one of the customer's users away. */
const takeUser = ({ customerId }: Started) => app.db.sql`
  delete from users where id = (select id from users where customer_id = ${customerId} limit 1)`;

/** Makes one more user of the customer, deleted and of the name of another, or of a new name and on record. */
const addUser = (recorded: boolean) => (batch: Started) =>
  app.db.sql`
  with added as (
    insert into users (id, customer_id, user_principal_name, display_name, deleted_at)
    select gen_random_uuid(), customer_id, case when ${recorded} then 'other.' else '' end || user_principal_name,
      display_name, case when ${recorded} then null else now() end
    from users where customer_id = ${batch.customerId} limit 1 returning id, customer_id
  )
  insert into audit (operation, status, actor_id, actor_name, customer_id, user_id)
  select 'create_customer_user', 'succeeded', 'x', 'x', customer_id, id from added where ${recorded}`;

const nameOneUserTwice = ({ batchId }: Started) => app.db.sql`
  update row_results set user_id = (select user_id from row_results where batch_id = ${batchId} and row_no = 1)
  where batch_id = ${batchId} and row_no = 2`;

/** Writes a record `of` the customer once more, as one of `operation`. */
const recordAgain =
  (of: string, operation = of) =>
  ({ customerId }: Started) =>
    app.db.sql`
    insert into audit (operation, status, actor_id, actor_name, customer_id, user_id)
    select ${operation}, status, actor_id, actor_name, customer_id, user_id from audit
    where customer_id = ${customerId} and operation = ${of} limit 1`;

const bringBack = ({ customerId }: Started) => app.db.sql`
  update users set deleted_at = null where id = (select id from users where customer_id = ${customerId} limit 1)`;

const keepSeat = ({ customerId }: Started) => app.db.sql`
  update products set consumed = 1 where customer_id = ${customerId}`;

test.each([
  ["a user who is gone", made, takeUser, { lost: 1, doubled: 0 }],
  ["a user who is there twice", made, addUser(false), { lost: 0, doubled: 1 }],
  ["a user of no row, with a record", made, addUser(true), { lost: 0, doubled: 1 }],
  ["two rows of one user", made, nameOneUserTwice, { lost: 1, doubled: 1 }],
  ["a user who is on record twice", made, recordAgain("create_customer_user"), { lost: 0, doubled: 1 }],
  ["a user who is not deleted", deleted, bringBack, { lost: 1, doubled: 0 }],
  ["a deletion that is on record twice", deleted, recordAgain("delete_customer_user"), { lost: 0, doubled: 1 }],
])("%s is seen", async (_what, make, plant, expected) => {
  const batch = await make();
  await plant(batch);
  expect(await judge(app.db, [batch])).toMatchObject(expected);
});

test.each([
  [
    "a license that is on record twice",
    made,
    recordAgain("create_customer_user", "update_customer_user_licenses"),
    "create-users: given is 4 of 3",
  ],
  ["a seat that was not given back", deleted, keepSeat, "delete-users: consumed is 1 of 0"],
])("%s is told", async (_what, make, plant, told) => {
  const batch = await make();
  await plant(batch);
  expect((await judge(app.db, [batch])).wrong).toContain(told);
});
