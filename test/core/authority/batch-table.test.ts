import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type GdapRole, gdapRoleNames } from "../../../contract/authority.ts";
import type { Authority } from "../../../core/access/authority/authority.ts";
import { wholeBatch } from "../../../core/batches/work-rows/plan-scope.ts";
import { forbidRows } from "../../../core/batches/plan/forbid-rows.ts";
import { inTransaction } from "../../../db/in-transaction.ts";
import { openTestCore, person, type TestCore } from "../test-core.ts";
import { type Cell, table } from "./table.ts";
import { sql } from "../../../db/sql-text.ts";

/** Operations that need one thing of every row, whatever the row says. */
const operations = [
  "changeLicenses",
  "changePermissions",
  "resetPasswords",
  "deleteUsers",
  "restoreUsers",
  "removeUsers",
] as const;

/** The users of the rows, in this order, and the cells of the table that allow an operation on each. */
const targets: { name: string; role: string | null; allowedBy: Cell[] }[] = [
  { name: "nobody", role: null, allowedBy: ["✓", "✓*"] },
  { name: "clerk", role: "passwordAdmin", allowedBy: ["✓", "✓*"] },
  { name: "manager", role: "userManagementAdmin", allowedBy: ["✓", "✓*"] },
  { name: "operator", role: "serviceAdmin", allowedBy: ["✓"] },
  { name: "chief", role: "globalAdmin", allowedBy: ["✓"] },
];

let core: TestCore;
let batchId: string;
let customerId: string;
beforeAll(async () => {
  core = await openTestCore();
  const tenant = await core.makeCustomer();
  customerId = tenant.id;
  const rows = targets.map(({ name }) => person(name));
  await core.provision(tenant, rows);
  for (const { name, role } of targets) {
    const { id } = await core.user(tenant, name);
    if (role !== null) await core.context.db.sql`insert into role_assignments (user_id, role) values (${id}, ${role})`;
  }
  batchId = (await core.plan(tenant, rows)).id;
});
afterAll(() => core.close());

function holding(role: GdapRole): Authority {
  const at = { customerId, name: "Contoso", roles: [role] };
  return { kind: "agent", agentId: customerId, keyId: null, partnerRole: "adminAgent", key: null, at };
}

/** Which rows of a batch of the operation the role may carry out; every row is about a user who exists. */
async function allowed(operation: string, role: GdapRole): Promise<boolean[]> {
  return await inTransaction(core.context.db.pool, async (tx) => {
    await tx.rows(
      sql`update row_results set plan = 'update', state = 'pending', code = null, message = null where batch_id = ${batchId}`,
    );
    const refused = await forbidRows(tx, { id: batchId, operation }, holding(role), wholeBatch);
    const rows = await tx.rows<{ plan: string; state: string; code: string | null }>(
      sql`select plan, state, code from row_results where batch_id = ${batchId} order by row_no`,
    );
    expect(
      rows.filter(({ plan, state, code }) => `${plan} ${state} ${code}` === "invalid failed forbidden"),
    ).toHaveLength(refused);
    return rows.map(({ plan }) => plan === "update");
  });
}

describe("the table of roles, row by row in a batch", () => {
  it.each(operations.flatMap((operation) => gdapRoleNames.map((role) => ({ operation, role }))))(
    "$operation by $role",
    async ({ operation, role }) => {
      const expected = targets.map(({ allowedBy }) => allowedBy.includes(table[operation][role]));
      expect(await allowed(operation, role)).toEqual(expected);
    },
  );
});
