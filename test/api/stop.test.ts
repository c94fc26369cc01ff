import { expect, test } from "vitest";
import { startApp } from "../support/app.ts";
import { eventually } from "../support/eventually.ts";

test("a request that waits for its batch is answered with the batch when the api stops", async () => {
  const app = await startApp({ workers: false });
  const { id, domain } = await app.makeCustomer();
  const json = { userPrincipalName: `ada@${domain}`, displayName: "Ada" };
  const asked = app.request(`/v1/customers/${id}/users`, { json, headers: { prefer: "wait=50" } });
  await eventually(async () => {
    const [batch] = await app.db.sql`select from batches where customer_id = ${id} and state = 'running'`;
    return batch !== undefined;
  });

  await app.close();

  expect(await asked).toMatchObject({ status: 202, body: { state: "running" } });
});
