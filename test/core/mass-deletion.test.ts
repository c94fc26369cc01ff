import { afterAll, beforeAll, expect, it } from "vitest";
import { takenSql } from "../../core/batches/plan/wanted-states.ts";
import { sql } from "../../db/sql-text.ts";
import { openTestCore, people, type TestCore } from "./test-core.ts";
import { act } from "./targets.ts";
import { usersTouched } from "./users-touched.ts";

let core: TestCore;
beforeAll(async () => {
  core = await openTestCore();
});
afterAll(() => core.close());

it("looks names up by their index alone, though the statistics were taken when everybody was deleted", async () => {
  const tenant = await core.makeCustomer();
  await core.provision(tenant, people(200));
  const all = people(200).map(({ userPrincipalName }) => ({ userPrincipalName: String(userPrincipalName) }));
  await act(core, tenant, "deleteUsers", all);
  await core.context.db.sql`vacuum analyze users`;
  await act(core, tenant, "restoreUsers", all.slice(0, 100));
  // As a part of what is selected: the chunk of a batch asks so, and it cannot become a join.
  const names = sql`
    select ${takenSql(sql`users.user_principal_name`)} from users where deleted_at is not null`;
  const { text, values } = names.write();
  expect(await usersTouched(core.context.db, [{ text, values }])).toBeLessThan(1_000);
});
