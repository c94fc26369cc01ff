import { describe, expect, it } from "vitest";
import {
  type GdapRole,
  gdapRoleNames,
  type KeyAuthority,
  partnerActs,
  type PartnerRole,
} from "../../../contract/authority.ts";
import { customerRules } from "../../../contract/customer-acts.ts";
import { type Authority, unrestricted } from "../../../core/access/authority/authority.ts";
import { may } from "../../../core/access/authority/may.ts";
import type { Act } from "../../../core/access/authority/rules.ts";
import { table, type Cell } from "./table.ts";

type Asked = { partnerRole?: PartnerRole | null; roles?: GdapRole[]; key?: KeyAuthority };

function agent({ partnerRole = "adminAgent", roles = [], key }: Asked): Authority {
  const at = { customerId: "c", name: "Contoso", roles };
  return { kind: "agent", agentId: "a", keyId: null, partnerRole, key: key ?? null, at };
}

const targets = {
  "without a role": { roles: [], allowedBy: ["✓", "✓*", "c"] },
  "who is Password admin": { roles: ["passwordAdmin"], allowedBy: ["✓", "✓*"] },
  "who is User management admin": { roles: ["userManagementAdmin", "passwordAdmin"], allowedBy: ["✓", "✓*"] },
  "who is Service admin": { roles: ["serviceAdmin"], allowedBy: ["✓"] },
  "who is Global admin": { roles: ["passwordAdmin", "globalAdmin"], allowedBy: ["✓"] },
  "with a role that Muster does not know": { roles: ["somethingNew"], allowedBy: ["✓"] },
} satisfies Record<string, { roles: string[]; allowedBy: Cell[] }>;

const acts = Object.keys(table) as (keyof typeof table)[];
const cells = acts.flatMap((act) =>
  gdapRoleNames.flatMap((role) => Object.keys(targets).map((target) => ({ act, role, target }))),
);

describe("the table of roles", () => {
  it("has a line for every act and a cell for every role", () => {
    expect([...acts].sort()).toEqual([...Object.keys(customerRules), "downloadPasswords"].sort());
    for (const act of acts) expect(Object.keys(table[act])).toEqual(gdapRoleNames);
  });

  it.each(cells)("$act by $role on a user $target", ({ act, role, target }) => {
    const { roles, allowedBy } = targets[target as keyof typeof targets];
    const expected = (allowedBy as Cell[]).includes(table[act][role]);
    expect(may(agent({ roles: [role] }), act, { roles }).allowed).toBe(expected);
  });

  it.each(acts)("%s is refused without a role", (act) => {
    expect(may(agent({}), act).allowed).toBe(false);
  });

  it.each(acts)("%s by a Helpdesk or Sales agent goes where only reading and licenses do", (act) => {
    for (const partnerRole of ["helpdeskAgent", "salesAgent"] as const) {
      const answer = may(agent({ partnerRole, roles: ["globalAdministrator"] }), act);
      expect(answer.allowed).toBe(["read", "changeLicenses", "undoBatch"].includes(act));
    }
  });

  it("roles add up", () => {
    const both = agent({ roles: ["directoryWriter", "privilegedRoleAdministrator"] });
    expect(may(both, "createUsers").allowed && may(both, "changePermissions").allowed).toBe(true);
    expect(may(both, "downloadPasswords", { roles: ["globalAdmin"] }).allowed).toBe(true);
    expect(may(both, "resetPasswords").allowed).toBe(false);
  });
});

describe("the partner's own records", () => {
  it.each(partnerActs)("%s is for Admin agents, whatever their grants", (act) => {
    expect(may(agent({}), act).allowed).toBe(true);
    for (const partnerRole of ["helpdeskAgent", "salesAgent"] as const) {
      expect(may(agent({ partnerRole, roles: ["globalAdministrator"] }), act)).toEqual({
        allowed: false,
        missing: "Admin agent",
      });
    }
  });
});

describe("a refusal", () => {
  it.each([
    ["deleteUsers", [], "User Administrator or Privileged Authentication Administrator at Contoso"],
    ["deleteUsers", ["globalAdmin"], "Privileged Authentication Administrator at Contoso"],
    ["createUsers", [], "Directory Writer or User Administrator at Contoso"],
    ["changePermissions", [], "Privileged Role Administrator at Contoso"],
    ["changeLicenses", [], "License Administrator or Directory Writer or User Administrator at Contoso"],
  ] as [Act, string[], string][])("of %s on %j names the role that is missing", (act, roles, missing) => {
    expect(may(agent({ roles: ["directoryReader"] }), act, { roles })).toEqual({ allowed: false, missing });
  });
});

describe("an API key", () => {
  const roles: GdapRole[] = ["globalAdministrator"];
  const narrowed = (key: KeyAuthority, more: Asked = {}) => agent({ roles, ...more, key });

  it("carries no more than it was made with", () => {
    const key = narrowed({ roles: ["licenseAdministrator"] });
    expect(may(key, "changeLicenses").allowed).toBe(true);
    expect(may(key, "deleteUsers").allowed).toBe(false);
  });

  it("carries no more than its owner has now", () => {
    const key = narrowed({ roles: ["globalAdministrator"] }, { roles: ["directoryReader"] });
    expect(may(key, "read").allowed).toBe(true);
    expect(may(key, "createUsers").allowed).toBe(false);
    expect(may(narrowed({ partnerRole: "adminAgent" }, { partnerRole: "salesAgent" }), "manageAgents").allowed).toBe(
      false,
    );
  });

  it("opens no customer but its own", () => {
    expect(may(narrowed({ customerIds: ["c"] }), "createUsers").allowed).toBe(true);
    expect(may(narrowed({ customerIds: ["another"] }), "read").allowed).toBe(false);
  });

  it("that is narrowed to customers or roles manages nothing of the partner's", () => {
    for (const key of [{ customerIds: ["c"] }, { roles }, { partnerRole: "helpdeskAgent" as const }]) {
      expect(may(narrowed(key), "manageAgents").allowed).toBe(false);
    }
    expect(may(narrowed({}), "manageAgents").allowed).toBe(true);
  });
});

it("who is an agent no more may do nothing", () => {
  for (const act of [...acts, ...partnerActs]) {
    expect(may(agent({ partnerRole: null, roles: ["globalAdministrator"] }), act).allowed).toBe(false);
  }
});

it("Muster itself and the token of the environment may do everything", () => {
  for (const act of [...acts, ...partnerActs]) {
    expect(may(unrestricted, act, { roles: ["globalAdmin"] }).allowed).toBe(true);
  }
});
