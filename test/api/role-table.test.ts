import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type GdapRole, gdapRoleNames } from "../../contract/authority.ts";
import type { Batch, Row } from "../../contract/batch.ts";
import type { Operation } from "../../contract/operations.ts";
import { table } from "../core/authority/table.ts";
import { grantRole, makeColleague } from "../support/agents.ts";
import { startApp, type TestApp } from "../support/app.ts";

type Target = "plain" | "admin";
type Way = "single" | "batch";
type Change = { operation: Operation; method: string; path: string; json?: object };

/** How each act of the table is asked for, of one user and of many. */
const changes = {
  updateUsers: { operation: "updateUsers", method: "PATCH", path: "", json: { jobTitle: "Boss" } },
  changeSignIn: { operation: "updateUsers", method: "PATCH", path: "", json: { accountEnabled: false } },
  setUsageLocation: { operation: "updateUsers", method: "PATCH", path: "", json: { usageLocation: "DE" } },
  changeLicenses: {
    operation: "changeLicenses",
    method: "POST",
    path: "/licenses",
    json: { add: [{ sku: "AAD_PREMIUM" }] },
  },
  resetPasswords: { operation: "resetPasswords", method: "POST", path: "/reset-password", json: {} },
  deleteUsers: { operation: "deleteUsers", method: "DELETE", path: "" },
  restoreUsers: { operation: "restoreUsers", method: "POST", path: "/restore", json: {} },
  changePermissions: {
    operation: "changePermissions",
    method: "PUT",
    path: "/permissions",
    json: { permission: "Password admin" },
  },
  removeUsers: { operation: "removeUsers", method: "POST", path: "/remove", json: { confirm: "Somebody" } },
} satisfies Record<string, Change>;

type ChangeName = keyof typeof changes;
const changeNames = Object.keys(changes) as ChangeName[];
const targets: Target[] = ["plain", "admin"];
const cells = changeNames.flatMap((act) => gdapRoleNames.map((role) => ({ act, role })));

let app: TestApp;
let customer: { id: string; domain: string };
const keys = new Map<GdapRole, string>();
const ids = new Map<string, string>();

const nameOf = (act: ChangeName, role: GdapRole, target: Target, way: Way) =>
  `${act}.${gdapRoleNames.indexOf(role)}.${target}.${way}`.toLowerCase();
const idOf = (...who: Parameters<typeof nameOf>) => ids.get(nameOf(...who)) ?? "";
const users = () => `/v1/customers/${customer.id}/users`;
const keyOf = (role: GdapRole) => keys.get(role) ?? "";

beforeAll(async () => {
  app = await startApp();
  customer = await app.makeCustomer([{ skuPartNumber: "AAD_PREMIUM", total: 1000 }]);
  for (const role of gdapRoleNames) {
    const agent = await makeColleague(app);
    await grantRole(app, agent, customer, role);
    keys.set(role, agent.key);
  }
  const lines = cells.flatMap(({ act, role }) =>
    targets.flatMap((target) =>
      (["single", "batch"] as const).map(
        (way) => `${nameOf(act, role, target, way)},Somebody,NL,${target === "admin" ? "Global admin" : "User"}`,
      ),
    ),
  );
  const csv = `User name,Display name,Usage location,Permission\n${lines.join("\n")}\n`;
  const made = await app.finished((await app.upload(customer.id, csv, "&apply=true")).id);
  if (made.totals.succeeded !== lines.length) throw new Error("not all users were made");
  const found = await app.db.sql<{ id: string; name: string }[]>`
    select id, split_part(user_principal_name, '@', 1) as name from users where customer_id = ${customer.id}`;
  for (const { id, name } of found) ids.set(name, id);
  const gone = found.filter(({ name }) => /^(?:restore|remove)users\./.test(name)).map(({ id }) => id);
  const json = { operation: "deleteUsers", select: { userIds: gone } };
  const { body } = await app.request<Batch>(`/v1/customers/${customer.id}/batches`, { json });
  const { totals } = await app.finished(body.id);
  if (totals.succeeded !== gone.length) throw new Error("not all users were deleted");
}, 120_000);
afterAll(() => app.close());

/** Whether the domain's table allows the act: one with a star only on users without an admin role. */
const allowed = (act: ChangeName, role: GdapRole, target: Target) =>
  table[act][role] === "✓" || (table[act][role] === "✓*" && target === "plain");

describe.each(cells)("$act by $role", ({ act, role }) => {
  const { operation, method, path, json }: Change = changes[act];

  it.each(targets)("of one %s user", async (target) => {
    const answer = await app.request<{ code?: string }>(`${users()}/${idOf(act, role, target, "single")}${path}`, {
      method,
      key: keyOf(role),
      headers: { prefer: "wait=20" },
      ...(json === undefined ? {} : { json }),
    });
    const done = answer.status < 300 && answer.status !== 202;
    expect(done ? "done" : answer.body.code).toBe(allowed(act, role, target) ? "done" : "forbidden");
  });

  it("in a batch of both", async () => {
    const rows = targets.map((target) => ({ userId: idOf(act, role, target, "batch"), ...json }));
    const answer = await app.request<Batch & { code?: string }>(`/v1/customers/${customer.id}/batches`, {
      key: keyOf(role),
      json: { operation, rows },
    });
    const wanted = targets.map((target) => (allowed(act, role, target) ? "succeeded" : "forbidden"));
    // Who may do it to nobody cannot begin.
    const ended = answer.status === 202 ? await endings(answer.body.id, role) : targets.map(() => answer.body.code);
    expect(ended).toEqual(wanted);
  });
});

async function endings(batchId: string, role: GdapRole): Promise<string[]> {
  const { id } = await app.finished(batchId);
  const { body } = await app.request<{ items: Row[] }>(`/v1/batches/${id}/rows`, { key: keyOf(role) });
  return body.items.map(({ state, code }) => (state === "failed" ? String(code) : state));
}

describe.each(gdapRoleNames)("by %s", (role) => {
  it("reading is allowed", async () => {
    expect((await app.request(`${users()}?limit=1`, { key: keyOf(role) })).status).toBe(200);
  });

  it("users are made, and with a permission only by who may set one", async () => {
    const made = async (name: string, permission: string) => {
      const json = { userPrincipalName: `${role}.${name}@${customer.domain}`, displayName: "New", permission };
      const answer = await app.request<{ code?: string }>(users(), {
        json,
        key: keyOf(role),
        headers: { prefer: "wait=20" },
      });
      return answer.status === 201 ? "made" : answer.body.code;
    };
    const create = table.createUsers[role] === "✓";
    const permit = create && table.changePermissions[role] === "✓";
    expect(await made("plain", "User")).toBe(create ? "made" : "forbidden");
    expect(await made("admin", "Global admin")).toBe(permit ? "made" : "forbidden");
  });
});
