import { afterAll, beforeAll, expect, test } from "vitest";
import { listTakenNames } from "../../core/directory/users/list-taken-names.ts";
import { openTestCore, person, type TestCore } from "./test-core.ts";
import { act } from "./targets.ts";

let core: TestCore;
beforeAll(async () => {
  core = await openTestCore();
});
afterAll(() => core.close());

test("of deleted users whose names are taken each gets a free name, two of one name different ones", async () => {
  const tenant = await core.makeCustomer();
  const gone: string[] = [];
  for (const displayName of ["Ana the first", "Ana the second"]) {
    await core.provision(tenant, [person("ana", { displayName })], { onDeleted: "create" });
    const { id } = await core.user(tenant, "ana");
    gone.push(id);
    await act(core, tenant, "deleteUsers", [{ userId: id }]);
  }
  await core.provision(tenant, [person("bo"), person("ana2")]);
  await act(core, tenant, "deleteUsers", [{ userId: (await core.user(tenant, "bo")).id }]);
  const select = { filter: { state: "inactive" as const } };
  await expect(listTakenNames(core.context, tenant.id, select)).resolves.toEqual({ total: 0, items: [] });

  await core.provision(tenant, [person("ana", { displayName: "Ana the third" })], { onDeleted: "create" });
  const taken = await listTakenNames(core.context, tenant.id, select);
  const [first = "", second = ""] = gone;
  const { userPrincipalName } = await core.user(tenant, "ana");
  const domain = userPrincipalName.split("@")[1];
  expect(taken).toEqual({
    total: 2,
    items: [
      {
        userId: first,
        displayName: "Ana the first",
        userPrincipalName,
        holder: "Ana the third",
        suggestion: `ana3@${domain}`,
      },
      {
        userId: second,
        displayName: "Ana the second",
        userPrincipalName,
        holder: "Ana the third",
        suggestion: `ana4@${domain}`,
      },
    ],
  });
  await expect(listTakenNames(core.context, tenant.id, { userIds: [second] })).resolves.toMatchObject({ total: 1 });
});

test("thousands whose names are taken each get a free name of their own", async () => {
  const tenant = await core.makeCustomer();
  const users = 3_000;
  // Three had each name before the one who has it now, and one of its numbers is taken as well.
  await core.context.db.sql`
    insert into users (id, customer_id, user_principal_name, display_name, deleted_at)
    select gen_random_uuid(), ${tenant.id}::uuid, 'ana' || no % 1000 || '.x@' || ${tenant.domain}::text, 'Former ' || no, now()
    from generate_series(1, ${users}::int) no
    union all
    select gen_random_uuid(), ${tenant.id}::uuid, 'ana' || no || '.x' || taken || '@' || ${tenant.domain}::text, 'Now', null
    from generate_series(0, 999) no cross join (values (''), ('3')) numbers (taken)`;
  const { total, items } = await listTakenNames(core.context, tenant.id, { filter: { state: "inactive" } });
  expect([total, items.length]).toEqual([users, users]);
  const suggested = new Set(items.map(({ suggestion }) => suggestion));
  expect(suggested.size).toBe(users);
  const active = await core.context.db.sql<{ name: string }[]>`
    select user_principal_name as name from users where customer_id = ${tenant.id} and deleted_at is null`;
  expect(active.filter(({ name }) => suggested.has(name))).toEqual([]);
});
