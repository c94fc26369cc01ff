import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { TargetInput } from "../../contract/user-changes.ts";
import { writePasswords } from "../../core/passwords/write-passwords.ts";
import { getUser } from "../../core/directory/users/read-users.ts";
import { userOwner } from "../../core/secrets/secrets.ts";
import { newId } from "../../db/new-id.ts";
import {
  admin,
  endings,
  licensed,
  openTestCore,
  people,
  person,
  refusal,
  plansOf,
  type TestCore,
  type TestTenant,
} from "./test-core.ts";
import { act, carryOut, pictureOf, planFile, planSelection, planTargets } from "./targets.ts";

let core: TestCore;
let tenant: TestTenant;
beforeAll(async () => {
  core = await openTestCore();
  tenant = await core.makeCustomer([{ skuPartNumber: "SPE_E3", total: 9 }]);
});
afterEach(() => core.resetClock());
afterAll(() => core.close());

const idOf = async (name: string) => (await core.user(tenant, name)).id;

/** The one temporary password of a user that is good now. */
async function passwordOf(userId: string): Promise<string | null> {
  const [row] = await core.context.db.sql<{ sealed: Buffer }[]>`
    select sealed from temporary_passwords where user_id = ${userId}`;
  return row === undefined ? null : core.context.secrets.open(row.sealed, userOwner(tenant.id, userId));
}

async function downloaded(batchId: string): Promise<string> {
  let text = "";
  for await (const piece of await writePasswords(core.context, admin, batchId)) text += piece;
  return text;
}

const reset = async (rows: TargetInput[]) => await act(core, tenant, "resetPasswords", rows);

describe("resetting passwords", () => {
  it("makes new ones for a selection, and the ones before are gone", async () => {
    const created = await core.provision(tenant, people(3));
    const userIds = [await idOf("u1"), await idOf("u2")];
    const before = await passwordOf(userIds[0]!);
    const { batch, rows } = await carryOut(core, await planSelection(core, tenant, "resetPasswords", { userIds }));
    expect(batch.plan.reset).toBe(2);
    expect(endings(rows)).toEqual(["succeeded", "succeeded"]);
    const after = await passwordOf(userIds[0]!);
    expect(after).not.toBe(before);
    expect(await downloaded(batch.id)).toContain(after);
    // Of the first batch only the password of the third user is left.
    expect((await downloaded(created.id)).trim().split("\r\n")).toHaveLength(2);
    expect(await core.audited(batch.id)).toEqual({ reset_customer_user_password: 2 });
  });

  it("takes a chosen one, and the same once more changes nothing", async () => {
    await core.provision(tenant, [person("chosen")]);
    const row = { userPrincipalName: "chosen", password: "Correct-Horse-7" };
    await reset([row]);
    expect(await passwordOf(await idOf("chosen"))).toBe("Correct-Horse-7");
    const before = await pictureOf(core, tenant);
    expect(endings((await reset([row])).rows)).toEqual(["unchanged"]);
    expect(await pictureOf(core, tenant)).toEqual(before);
    expect(endings((await reset([{ ...row, password: "Other-Horse-7" }])).rows)).toEqual(["succeeded"]);
    const { rows } = await reset([{ ...row, password: "weak" }]);
    expect(plansOf(rows)).toEqual(["invalid password_invalid"]);
  });

  it("for the very same file makes no others, until those have expired", async () => {
    await core.provision(tenant, [person("filed")]);
    const csv = "User name\nfiled\n";
    await carryOut(core, await planFile(core, tenant, "resetPasswords", csv));
    const before = await pictureOf(core, tenant);
    const again = await carryOut(core, await planFile(core, tenant, "resetPasswords", csv));
    expect(endings(again.rows)).toEqual(["unchanged"]);
    expect(await pictureOf(core, tenant)).toEqual(before);
    core.passDays(8);
    const late = await carryOut(core, await planFile(core, tenant, "resetPasswords", csv));
    expect(endings(late.rows)).toEqual(["succeeded"]);
  });

  it("never takes one password for many, and passes deleted users over", async () => {
    await core.provision(tenant, [person("gone")]);
    const userId = await idOf("gone");
    const select = { userIds: [userId] };
    expect(await refusal(planSelection(core, tenant, "resetPasswords", select, { password: "Correct-Horse-7" }))).toBe(
      "body_invalid",
    );
    await act(core, tenant, "deleteUsers", [{ userId }]);
    expect(plansOf((await reset([{ userId }])).rows)).toEqual(["conflict user_deleted"]);
  });
});

describe("changing permissions", () => {
  it("sets User, Global admin and custom roles, and the same once more changes nothing", async () => {
    await core.provision(tenant, [person("chief"), person("clerk", { permission: "Global admin" })]);
    const rows = [
      { userPrincipalName: "chief", permission: ["Password admin", "Service admin"] },
      { userPrincipalName: "clerk", permission: "User" },
    ];
    const { batch } = await act(core, tenant, "changePermissions", rows);
    expect((await core.user(tenant, "chief")).permission).toEqual(["passwordAdmin", "serviceAdmin"]);
    expect((await core.user(tenant, "clerk")).permission).toBe("user");
    expect(await core.audited(batch.id)).toEqual({ add_user_member: 1, remove_user_member: 1 });
    const before = await pictureOf(core, tenant);
    const again = await act(core, tenant, "changePermissions", rows);
    expect(endings(again.rows)).toEqual(["unchanged", "unchanged"]);
    expect(await pictureOf(core, tenant)).toEqual(before);
    const wrong = await planTargets(core, tenant, "changePermissions", [
      { userPrincipalName: "chief", permission: "Emperor" },
      { userPrincipalName: "clerk" },
    ]);
    expect(plansOf(await core.rows(wrong))).toEqual(["invalid permission_unknown", "invalid required_missing"]);
  });
});

const update = async (rows: TargetInput[]) => await act(core, tenant, "updateUsers", rows);

describe("updating users", () => {
  it("changes what a row gives, clears what it clears and leaves the rest", async () => {
    await core.provision(tenant, [person("edited", { jobTitle: "Clerk", department: "Sales", mobilePhone: "1" })]);
    const csv = "User name,Job title,Department,Mobile phone,Block sign in\nedited,Boss,,(Clear),Yes\n";
    const { batch, rows } = await carryOut(core, await planFile(core, tenant, "updateUsers", csv));
    expect(endings(rows)).toEqual(["succeeded"]);
    expect(await core.user(tenant, "edited")).toMatchObject({
      displayName: "Display edited",
      jobTitle: "Boss",
      department: "Sales",
      mobilePhone: null,
      accountEnabled: false,
    });
    expect(await core.audited(batch.id)).toEqual({ update_customer_user: 1 });
    const before = await pictureOf(core, tenant);
    const again = await carryOut(core, await planFile(core, tenant, "updateUsers", csv));
    expect(endings(again.rows)).toEqual(["unchanged"]);
    expect(await pictureOf(core, tenant)).toEqual(before);
  });

  it("gives new sign-in names, recorded apart, and none that somebody has", async () => {
    await core.provision(tenant, [person("old.name"), person("other"), person("third")]);
    const id = await idOf("old.name");
    const { batch } = await update([{ userId: id, newUserPrincipalName: "new.name", jobTitle: "Same person" }]);
    expect(await core.user(tenant, "new.name")).toMatchObject({ id, jobTitle: "Same person" });
    expect(await core.audited(batch.id)).toEqual({ update_customer_user: 1, update_customer_user_principal_name: 1 });
    const { rows } = await update([
      { userPrincipalName: "other", newUserPrincipalName: "NEW.name" },
      { userPrincipalName: "third", newUserPrincipalName: "free" },
      { userPrincipalName: "new.name", newUserPrincipalName: "Free" },
    ]);
    expect(plansOf(rows)).toEqual(["conflict upn_taken", "update", "invalid duplicate_in_file"]);
  });

  it("refuses a name that was given away after the plan", async () => {
    await core.provision(tenant, [person("late")]);
    const rows = [{ userPrincipalName: "late", newUserPrincipalName: "wanted" }];
    const batchId = await planTargets(core, tenant, "updateUsers", rows);
    await core.provision(tenant, [person("wanted")]);
    expect(endings((await carryOut(core, batchId)).rows)).toEqual(["failed update upn_taken"]);
  });

  it("refuses what may not be: no display name, no location under a license, a wrong country", async () => {
    await core.provision(tenant, [licensed("bound", "SPE_E3"), licensed("tied", "SPE_E3")]);
    const csv =
      "User name,Display name,Usage location\nbound,(clear),\nbound,,(clear)\nbound,,Atlantis\ntied,,Cuba\nbound@nowhere.example,A,\n";
    expect(plansOf(await core.rows(await planFile(core, tenant, "updateUsers", csv)))).toEqual([
      "invalid required_missing",
      "invalid usage_location_missing",
      "invalid country_unknown",
      "invalid prohibited_in_location",
      "invalid user_unknown",
    ]);
  });
});

const remove = async (rows: TargetInput[]) => await act(core, tenant, "removeUsers", rows);

describe("removing users for good", () => {
  it("takes deleted users only, under their typed name, and leaves the audit alone", async () => {
    await core.provision(tenant, [licensed("leaver", "SPE_E3"), person("stays"), person("wrong")]);
    const [leaver, stays, wrong] = [await idOf("leaver"), await idOf("stays"), await idOf("wrong")];
    await act(core, tenant, "deleteUsers", [{ userId: leaver }, { userId: wrong }]);
    const rows = [
      { userId: leaver, confirm: "display LEAVER" },
      { userId: stays, confirm: "Display stays" },
      { userId: wrong, confirm: "somebody" },
      { userId: newId(), confirm: "somebody" },
    ];
    const { batch, rows: ended } = await remove(rows);
    expect(plansOf(ended)).toEqual([
      "remove",
      "conflict user_active",
      "invalid confirmation_wrong",
      "invalid user_unknown",
    ]);
    expect(await getUser(core.context, tenant.id, leaver)).toBeNull();
    expect(await core.audited(batch.id)).toEqual({ remove_customer_user: 1 });
    const before = await pictureOf(core, tenant);
    const again = await remove([rows[0]!]);
    expect(again.rows).toMatchObject([{ state: "unchanged", userId: leaver }]);
    expect(await pictureOf(core, tenant)).toEqual(before);
    expect(before).toMatchObject({ former: null });
  });

  it("of a user who was restored after the plan is refused", async () => {
    await core.provision(tenant, [person("back")]);
    const userId = await idOf("back");
    await act(core, tenant, "deleteUsers", [{ userId }]);
    const batchId = await planTargets(core, tenant, "removeUsers", [{ userId, confirm: "Display back" }]);
    await act(core, tenant, "restoreUsers", [{ userId }]);
    expect(endings((await carryOut(core, batchId)).rows)).toEqual(["failed remove user_gone"]);
  });

  it("of many takes the customer's name as confirmation", async () => {
    const other = await core.makeCustomer();
    await core.provision(other, people(3));
    await carryOut(core, await planSelection(core, other, "deleteUsers", { filter: {} }));
    const confirm = `customer ${other.domain}`;
    const { batch } = await carryOut(
      core,
      await planSelection(core, other, "removeUsers", { filter: {} }, { confirm }),
    );
    expect(batch.totals).toMatchObject({ rows: 3, succeeded: 3 });
  });
});
