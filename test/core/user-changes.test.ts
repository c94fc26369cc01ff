import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { TargetInput } from "../../contract/user-changes.ts";
import { writePasswords } from "../../core/passwords/write-passwords.ts";
import { getUser } from "../../core/users/read-users.ts";
import { userOwner } from "../../core/secrets/secrets.ts";
import { newId } from "../../db/new-id.ts";
import { ada, endings, licensed, openDesk, people, person, refusal, verdicts, type Desk, type Shop } from "./desk.ts";
import { act, carryOut, pictureOf, planFile, planSelection, planTargets } from "./targets.ts";

let desk: Desk;
let shop: Shop;
beforeAll(async () => {
  desk = await openDesk();
  shop = await desk.makeCustomer([{ skuPartNumber: "SPE_E3", total: 9 }]);
});
afterEach(() => desk.resetClock());
afterAll(() => desk.close());

const idOf = async (name: string) => (await desk.user(shop, name)).id;

/** The one temporary password of a user that is good now. */
async function passwordOf(userId: string): Promise<string | null> {
  const [row] = await desk.context.db.sql<{ sealed: Buffer }[]>`
    select sealed from temporary_passwords where user_id = ${userId}`;
  return row === undefined ? null : desk.context.secrets.open(row.sealed, userOwner(shop.id, userId));
}

async function downloaded(batchId: string): Promise<string> {
  let text = "";
  for await (const piece of await writePasswords(desk.context, ada, batchId)) text += piece;
  return text;
}

const reset = async (rows: TargetInput[]) => await act(desk, shop, "resetPasswords", rows);

describe("resetting passwords", () => {
  it("makes new ones for a selection, and the ones before are gone", async () => {
    const created = await desk.provision(shop, people(3));
    const userIds = [await idOf("u1"), await idOf("u2")];
    const before = await passwordOf(userIds[0]!);
    const { batch, rows } = await carryOut(desk, await planSelection(desk, shop, "resetPasswords", { userIds }));
    expect(batch.plan.reset).toBe(2);
    expect(endings(rows)).toEqual(["succeeded", "succeeded"]);
    const after = await passwordOf(userIds[0]!);
    expect(after).not.toBe(before);
    expect(await downloaded(batch.id)).toContain(after);
    // Of the first batch only the password of the third user is left.
    expect((await downloaded(created.id)).trim().split("\r\n")).toHaveLength(2);
    expect(await desk.audited(batch.id)).toEqual({ reset_customer_user_password: 2 });
  });

  it("takes a chosen one, and the same once more changes nothing", async () => {
    await desk.provision(shop, [person("chosen")]);
    const row = { userPrincipalName: "chosen", password: "Correct-Horse-7" };
    await reset([row]);
    expect(await passwordOf(await idOf("chosen"))).toBe("Correct-Horse-7");
    const before = await pictureOf(desk, shop);
    expect(endings((await reset([row])).rows)).toEqual(["unchanged"]);
    expect(await pictureOf(desk, shop)).toEqual(before);
    expect(endings((await reset([{ ...row, password: "Other-Horse-7" }])).rows)).toEqual(["succeeded"]);
    const { rows } = await reset([{ ...row, password: "weak" }]);
    expect(verdicts(rows)).toEqual(["invalid password_invalid"]);
  });

  it("for the very same file makes no others, until those have expired", async () => {
    await desk.provision(shop, [person("filed")]);
    const csv = "User name\nfiled\n";
    await carryOut(desk, await planFile(desk, shop, "resetPasswords", csv));
    const before = await pictureOf(desk, shop);
    const again = await carryOut(desk, await planFile(desk, shop, "resetPasswords", csv));
    expect(endings(again.rows)).toEqual(["unchanged"]);
    expect(await pictureOf(desk, shop)).toEqual(before);
    desk.passDays(8);
    const late = await carryOut(desk, await planFile(desk, shop, "resetPasswords", csv));
    expect(endings(late.rows)).toEqual(["succeeded"]);
  });

  it("never takes one password for many, and passes deleted users over", async () => {
    await desk.provision(shop, [person("gone")]);
    const userId = await idOf("gone");
    const select = { userIds: [userId] };
    expect(await refusal(planSelection(desk, shop, "resetPasswords", select, { password: "Correct-Horse-7" }))).toBe(
      "body_invalid",
    );
    await act(desk, shop, "deleteUsers", [{ userId }]);
    expect(verdicts((await reset([{ userId }])).rows)).toEqual(["conflict user_deleted"]);
  });
});

describe("changing permissions", () => {
  it("sets User, Global admin and custom roles, and the same once more changes nothing", async () => {
    await desk.provision(shop, [person("chief"), person("clerk", { permission: "Global admin" })]);
    const rows = [
      { userPrincipalName: "chief", permission: ["Password admin", "Service admin"] },
      { userPrincipalName: "clerk", permission: "User" },
    ];
    const { batch } = await act(desk, shop, "changePermissions", rows);
    expect((await desk.user(shop, "chief")).permission).toEqual(["passwordAdmin", "serviceAdmin"]);
    expect((await desk.user(shop, "clerk")).permission).toBe("user");
    expect(await desk.audited(batch.id)).toEqual({ add_user_member: 1, remove_user_member: 1 });
    const before = await pictureOf(desk, shop);
    const again = await act(desk, shop, "changePermissions", rows);
    expect(endings(again.rows)).toEqual(["unchanged", "unchanged"]);
    expect(await pictureOf(desk, shop)).toEqual(before);
    const wrong = await planTargets(desk, shop, "changePermissions", [
      { userPrincipalName: "chief", permission: "Emperor" },
      { userPrincipalName: "clerk" },
    ]);
    expect(verdicts(await desk.rows(wrong))).toEqual(["invalid permission_unknown", "invalid required_missing"]);
  });
});

const update = async (rows: TargetInput[]) => await act(desk, shop, "updateUsers", rows);

describe("updating users", () => {
  it("changes what a row gives, clears what it clears and leaves the rest", async () => {
    await desk.provision(shop, [person("edited", { jobTitle: "Clerk", department: "Sales", mobilePhone: "1" })]);
    const csv = "User name,Job title,Department,Mobile phone,Block sign in\nedited,Boss,,(Clear),Yes\n";
    const { batch, rows } = await carryOut(desk, await planFile(desk, shop, "updateUsers", csv));
    expect(endings(rows)).toEqual(["succeeded"]);
    expect(await desk.user(shop, "edited")).toMatchObject({
      displayName: "Display edited",
      jobTitle: "Boss",
      department: "Sales",
      mobilePhone: null,
      accountEnabled: false,
    });
    expect(await desk.audited(batch.id)).toEqual({ update_customer_user: 1 });
    const before = await pictureOf(desk, shop);
    const again = await carryOut(desk, await planFile(desk, shop, "updateUsers", csv));
    expect(endings(again.rows)).toEqual(["unchanged"]);
    expect(await pictureOf(desk, shop)).toEqual(before);
  });

  it("gives new sign-in names, recorded apart, and none that somebody has", async () => {
    await desk.provision(shop, [person("old.name"), person("other"), person("third")]);
    const id = await idOf("old.name");
    const { batch } = await update([{ userId: id, newUserPrincipalName: "new.name", jobTitle: "Same person" }]);
    expect(await desk.user(shop, "new.name")).toMatchObject({ id, jobTitle: "Same person" });
    expect(await desk.audited(batch.id)).toEqual({ update_customer_user: 1, update_customer_user_principal_name: 1 });
    const { rows } = await update([
      { userPrincipalName: "other", newUserPrincipalName: "NEW.name" },
      { userPrincipalName: "third", newUserPrincipalName: "free" },
      { userPrincipalName: "new.name", newUserPrincipalName: "Free" },
    ]);
    expect(verdicts(rows)).toEqual(["conflict upn_taken", "update", "invalid duplicate_in_file"]);
  });

  it("refuses a name that was given away after the plan", async () => {
    await desk.provision(shop, [person("late")]);
    const rows = [{ userPrincipalName: "late", newUserPrincipalName: "wanted" }];
    const batchId = await planTargets(desk, shop, "updateUsers", rows);
    await desk.provision(shop, [person("wanted")]);
    expect(endings((await carryOut(desk, batchId)).rows)).toEqual(["failed update upn_taken"]);
  });

  it("refuses what may not be: no display name, no location under a license, a wrong country", async () => {
    await desk.provision(shop, [licensed("bound", "SPE_E3"), licensed("tied", "SPE_E3")]);
    const csv =
      "User name,Display name,Usage location\nbound,(clear),\nbound,,(clear)\nbound,,Atlantis\ntied,,Cuba\nbound@nowhere.example,A,\n";
    expect(verdicts(await desk.rows(await planFile(desk, shop, "updateUsers", csv)))).toEqual([
      "invalid required_missing",
      "invalid usage_location_missing",
      "invalid country_unknown",
      "invalid prohibited_in_location",
      "invalid user_unknown",
    ]);
  });
});

const remove = async (rows: TargetInput[]) => await act(desk, shop, "removeUsers", rows);

describe("removing users for good", () => {
  it("takes deleted users only, under their typed name, and leaves the audit alone", async () => {
    await desk.provision(shop, [licensed("leaver", "SPE_E3"), person("stays"), person("wrong")]);
    const [leaver, stays, wrong] = [await idOf("leaver"), await idOf("stays"), await idOf("wrong")];
    await act(desk, shop, "deleteUsers", [{ userId: leaver }, { userId: wrong }]);
    const rows = [
      { userId: leaver, confirm: "display LEAVER" },
      { userId: stays, confirm: "Display stays" },
      { userId: wrong, confirm: "somebody" },
      { userId: newId(), confirm: "somebody" },
    ];
    const { batch, rows: ended } = await remove(rows);
    expect(verdicts(ended)).toEqual([
      "remove",
      "conflict user_active",
      "invalid confirmation_wrong",
      "invalid user_unknown",
    ]);
    expect(await getUser(desk.context, shop.id, leaver)).toBeNull();
    expect(await desk.audited(batch.id)).toEqual({ remove_customer_user: 1 });
    const before = await pictureOf(desk, shop);
    const again = await remove([rows[0]!]);
    expect(again.rows).toMatchObject([{ state: "unchanged", userId: leaver }]);
    expect(await pictureOf(desk, shop)).toEqual(before);
    expect(before).toMatchObject({ former: null });
  });

  it("of a user who was restored after the plan is refused", async () => {
    await desk.provision(shop, [person("back")]);
    const userId = await idOf("back");
    await act(desk, shop, "deleteUsers", [{ userId }]);
    const batchId = await planTargets(desk, shop, "removeUsers", [{ userId, confirm: "Display back" }]);
    await act(desk, shop, "restoreUsers", [{ userId }]);
    expect(endings((await carryOut(desk, batchId)).rows)).toEqual(["failed remove user_gone"]);
  });

  it("of many takes the customer's name as confirmation", async () => {
    const other = await desk.makeCustomer();
    await desk.provision(other, people(3));
    await carryOut(desk, await planSelection(desk, other, "deleteUsers", { filter: {} }));
    const confirm = `customer ${other.domain}`;
    const { batch } = await carryOut(
      desk,
      await planSelection(desk, other, "removeUsers", { filter: {} }, { confirm }),
    );
    expect(batch.totals).toMatchObject({ rows: 3, succeeded: 3 });
  });
});
