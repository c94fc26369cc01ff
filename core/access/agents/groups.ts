import type { Group } from "../../../contract/authority.ts";
import { quoteValue } from "../../../contract/codes.ts";
import type { Page, PageQuery } from "../../../contract/paging.ts";
import { Problem } from "../../../contract/problem.ts";
import { inTransaction, type Tx } from "../../../db/in-transaction.ts";
import { newId } from "../../../db/new-id.ts";
import type { Actor } from "../../actor.ts";
import { recordAct } from "../../audit/record-act.ts";
import type { CoreContext } from "../../context.ts";
import { cutPage, unpackCursor } from "../../paging.ts";
import { refuseHigher, rolesOfGroup } from "./refuse-higher.ts";
import { refuseOwn } from "./refuse-own.ts";
import { sql } from "../../../db/sql-text.ts";

type GroupChange = { name?: string | undefined; agentIds?: string[] | undefined };

/** Gives a page of groups with their agents, in the order in which they were made. */
export async function listGroups({ db }: CoreContext, filter: PageQuery): Promise<Page<Group>> {
  const [after = null] = unpackCursor(filter.cursor, ["id"]) ?? [];
  const records = await db.sql<Group[]>`${selectGroups(db)}
    where ${after === null ? db.sql`true` : db.sql`id > ${after}::uuid`} order by id limit ${filter.limit + 1}`;
  const page = cutPage(records, filter.limit, (last) => [last.id]);
  if (!filter.count) return page;
  const [counted] = await db.sql<{ total: number }[]>`select count(*)::int as total from agent_groups`;
  return { ...page, total: counted?.total ?? 0 };
}

/** Gives a group with its agents, or null where there is none. */
export async function getGroup({ db }: CoreContext, groupId: string): Promise<Group | null> {
  const [group] = await db.sql<Group[]>`${selectGroups(db)} where id = ${groupId}`;
  return group ?? null;
}

function selectGroups(db: CoreContext["db"]) {
  return db.sql`select id, name, coalesce((select json_agg(agent_id order by agent_id) from agent_group_members
    where group_id = agent_groups.id), '[]') as "agentIds" from agent_groups`;
}

/** Makes a group of agents; it holds no grant yet. @throws Problem group_exists, body_invalid */
export async function createGroup(
  context: CoreContext,
  actor: Actor,
  { name, agentIds }: { name: string; agentIds: string[] },
): Promise<{ id: string }> {
  const id = newId();
  await inTransaction(context.db.pool, async (tx) => {
    const made = await tx.rows(
      sql`insert into agent_groups (id, name) values (${id}, ${name}) on conflict (name) do nothing returning id`,
    );
    if (made.length === 0) throw groupExists(name);
    await addMembers(tx, id, agentIds);
    const after = { groupId: id, name, agentIds };
    await recordAct(tx, actor, { operation: "create_group", customerId: null, after });
    await actor.recordResult?.(tx, id);
  });
  return { id };
}

/**
 * Changes a group's name or who is in it. Nobody puts themselves into a group, because it may hold grants, nor others into
 * one that holds more than they do.
 * @throws Problem not_found, group_exists, body_invalid, forbidden
 */
export async function changeGroup(
  context: CoreContext,
  actor: Actor,
  groupId: string,
  change: GroupChange,
): Promise<void> {
  await inTransaction(context.db.pool, async (tx) => {
    const before = await holdGroup(tx, groupId);
    if (change.name !== undefined) await rename(tx, groupId, change.name);
    if (change.agentIds !== undefined) {
      const added = change.agentIds.filter((id) => !before.agentIds.includes(id));
      refuseOwn(actor, added);
      if (added.length > 0) {
        const now = context.now();
        const roles = await rolesOfGroup(tx, groupId, now);
        await refuseHigher(
          tx,
          actor,
          roles,
          now,
          "whoever is in the group holds that, and nobody gives what they do not hold",
        );
      }
      await tx.rows(
        sql`delete from agent_group_members where group_id = ${groupId} and agent_id <> all(${change.agentIds})`,
      );
      await addMembers(tx, groupId, added);
    }
    await recordAct(tx, actor, { operation: "change_group", customerId: null, before, after: { groupId, ...change } });
  });
}

/** Removes a group with its grants. @throws Problem not_found */
export async function removeGroup(context: CoreContext, actor: Actor, groupId: string): Promise<void> {
  await inTransaction(context.db.pool, async (tx) => {
    const before = await holdGroup(tx, groupId);
    await tx.rows(sql`delete from agent_groups where id = ${groupId}`);
    await recordAct(tx, actor, { operation: "remove_group", customerId: null, before: { groupId, ...before } });
  });
}

async function holdGroup(tx: Tx, groupId: string): Promise<{ name: string; agentIds: string[] }> {
  const [group] = await tx.rows<{ name: string }>(sql`select name from agent_groups where id = ${groupId} for update`);
  if (group === undefined) throw new Problem("not_found", "There is no such group.");
  const members = await tx.rows<{ id: string }>(
    sql`select agent_id as id from agent_group_members where group_id = ${groupId} order by agent_id`,
  );
  return { ...group, agentIds: members.map(({ id }) => id) };
}

async function rename(tx: Tx, groupId: string, name: string): Promise<void> {
  const others = await tx.rows(sql`select from agent_groups where name = ${name} and id <> ${groupId}`);
  if (others.length > 0) throw groupExists(name);
  await tx.rows(sql`update agent_groups set name = ${name} where id = ${groupId}`);
}

async function addMembers(tx: Tx, groupId: string, agentIds: readonly string[]): Promise<void> {
  const added = await tx.rows<{ id: string }>(
    sql`insert into agent_group_members (group_id, agent_id)
     select ${groupId}, id from agents where id = any(${agentIds}) order by id
     on conflict do nothing returning agent_id as id`,
  );
  const unknown = agentIds.find((id) => !added.some((one) => one.id === id));
  if (unknown === undefined) return;
  const message = `There is no agent ${unknown}.`;
  throw new Problem("body_invalid", message, { errors: [{ column: "agentIds", value: unknown, message }] });
}

function groupExists(name: string): Problem {
  return new Problem("group_exists", `There is a group ${quoteValue(name)} already.`);
}
