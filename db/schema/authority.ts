import { sql } from "drizzle-orm";
import { check, index, pgTable, primaryKey, text, timestamp, unique, uuid } from "drizzle-orm/pg-core";
import type { GdapRole } from "../../contract/authority.ts";
import { customers } from "./customers.ts";
import { agents } from "./sign-in.ts";

/** Groups of agents that share grants. */
export const agentGroups = pgTable("agent_groups", {
  id: uuid().primaryKey(),
  name: text().notNull().unique(),
  createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
});

export const agentGroupMembers = pgTable(
  "agent_group_members",
  {
    groupId: uuid()
      .notNull()
      .references(() => agentGroups.id, { onDelete: "cascade" }),
    agentId: uuid()
      .notNull()
      .references(() => agents.id, { onDelete: "cascade" }),
  },
  (table) => [
    primaryKey({ columns: [table.agentId, table.groupId] }),
    index("agent_group_members_group").on(table.groupId),
  ],
);

/** A GDAP role at a customer, of an agent or of a group, until `endsAt`; from then on it allows nothing. */
export const grants = pgTable(
  "grants",
  {
    id: uuid().primaryKey(),
    customerId: uuid()
      .notNull()
      .references(() => customers.id),
    agentId: uuid().references(() => agents.id, { onDelete: "cascade" }),
    groupId: uuid().references(() => agentGroups.id, { onDelete: "cascade" }),
    role: text().$type<GdapRole>().notNull(),
    endsAt: timestamp({ withTimezone: true }).notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull(),
    createdBy: text().notNull(),
  },
  (table) => [
    unique("grants_once").on(table.customerId, table.role, table.agentId, table.groupId).nullsNotDistinct(),
    check("grants_one_holder", sql`num_nonnulls(agent_id, group_id) = 1`),
    check("grants_length", sql`ends_at <= created_at + interval '731 days'`),
    index("grants_agent").on(table.agentId, table.customerId),
    index("grants_group").on(table.groupId, table.customerId),
    index("grants_end").on(table.endsAt),
  ],
);
