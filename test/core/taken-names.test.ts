import { afterAll, beforeAll, expect, test } from "vitest";
import { listTakenNames } from "../../core/users/list-taken-names.ts";
import { openDesk, person, type Desk } from "./desk.ts";
import { act } from "./targets.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

test("of deleted users whose names are taken each gets a free name, two of one name different ones", async () => {
  const shop = await desk.makeCustomer();
  const gone: string[] = [];
  for (const displayName of ["Ana the first", "Ana the second"]) {
    await desk.provision(shop, [person("ana", { displayName })], { onDeleted: "create" });
    const { id } = await desk.user(shop, "ana");
    gone.push(id);
    await act(desk, shop, "deleteUsers", [{ userId: id }]);
  }
  await desk.provision(shop, [person("bo"), person("ana2")]);
  await act(desk, shop, "deleteUsers", [{ userId: (await desk.user(shop, "bo")).id }]);
  const select = { filter: { state: "inactive" as const } };
  await expect(listTakenNames(desk.context, shop.id, select)).resolves.toEqual({ total: 0, items: [] });

  await desk.provision(shop, [person("ana", { displayName: "Ana the third" })], { onDeleted: "create" });
  const taken = await listTakenNames(desk.context, shop.id, select);
  const [first = "", second = ""] = gone;
  const { userPrincipalName } = await desk.user(shop, "ana");
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
  await expect(listTakenNames(desk.context, shop.id, { userIds: [second] })).resolves.toMatchObject({ total: 1 });
});

test("thousands whose names are taken each get a free name of their own", async () => {
  const shop = await desk.makeCustomer();
  const users = 3_000;
  // Three had each name before the one who has it now, and one of its numbers is taken as well.
  await desk.context.db.sql`
    insert into users (id, customer_id, user_principal_name, display_name, deleted_at)
    select gen_random_uuid(), ${shop.id}::uuid, 'ana' || no % 1000 || '.x@' || ${shop.domain}::text, 'Former ' || no, now()
    from generate_series(1, ${users}::int) no
    union all
    select gen_random_uuid(), ${shop.id}::uuid, 'ana' || no || '.x' || taken || '@' || ${shop.domain}::text, 'Now', null
    from generate_series(0, 999) no cross join (values (''), ('3')) numbers (taken)`;
  const { total, items } = await listTakenNames(desk.context, shop.id, { filter: { state: "inactive" } });
  expect([total, items.length]).toEqual([users, users]);
  const suggested = new Set(items.map(({ suggestion }) => suggestion));
  expect(suggested.size).toBe(users);
  const active = await desk.context.db.sql<{ name: string }[]>`
    select user_principal_name as name from users where customer_id = ${shop.id} and deleted_at is null`;
  expect(active.filter(({ name }) => suggested.has(name))).toEqual([]);
});
