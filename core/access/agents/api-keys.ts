import { createHash, randomBytes } from "node:crypto";
import type { ApiKey, NewApiKey } from "../../../contract/authority.ts";
import { Problem } from "../../../contract/problem.ts";
import { inTransaction, type Tx } from "../../../db/in-transaction.ts";
import { sql } from "../../../db/sql-text.ts";
import { newId } from "../../../db/new-id.ts";
import type { Actor, Who } from "../../actor.ts";
import { recordAct } from "../../audit/record-act.ts";
import type { CoreContext } from "../../context.ts";

const startLength = "muster_".length + 4;
const dayMs = 86_400_000;

/**
 * Makes an API key of an agent's and gives it, this once: only its hash is kept. It ends after so many days, and carries what
 * its agent may do, or the part that `authority` names.
 * @throws Problem not_found where the agent is gone
 */
export async function createKey(
  context: CoreContext,
  actor: Actor,
  agentId: string,
  { name, expiresInDays, authority }: NewApiKey,
): Promise<{ id: string; key: string }> {
  const id = newId();
  const key = `muster_${randomBytes(32).toString("base64url")}`;
  const now = context.now();
  const expiresAt = new Date(now.getTime() + expiresInDays * dayMs);
  await inTransaction(context.db.pool, async (tx) => {
    const held = await tx.rows(sql`select from agents where id = ${agentId} for key share`);
    if (held.length === 0) throw new Problem("not_found", "There is no such agent.");
    const part = authority === undefined ? null : JSON.stringify(authority);
    await tx.rows(sql`
      insert into api_keys (id, agent_id, name, start, hash, authority, expires_at, created_at)
      values (${id}, ${agentId}, ${name}, ${key.slice(0, startLength)}, ${hashKey(key)}, ${part}, ${expiresAt}, ${now})`);
    const after = { agentId, keyId: id, name, expiresAt, authority };
    await recordAct(tx, actor, { operation: "create_api_key", customerId: null, after });
    await actor.recordResult?.(tx, id);
  });
  return { id, key };
}

/** Gives the API keys of an agent, the latest first; those that have run out as well, until they are ended. */
export async function listKeys({ db }: CoreContext, agentId: string): Promise<ApiKey[]> {
  const found = await db.sql<(Omit<ApiKey, Times> & Record<Times, Date | null>)[]>`
    select id, name, start, created_at as "createdAt", last_used_at as "lastUsedAt", expires_at as "expiresAt", authority
    from api_keys where agent_id = ${agentId} order by created_at desc, id desc`;
  return found.map(({ createdAt, lastUsedAt, expiresAt, ...key }) => ({
    ...key,
    createdAt: createdAt?.toISOString() ?? "",
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    expiresAt: expiresAt?.toISOString() ?? "",
  }));
}

/** Ends an API key of an agent's now; batches that are carried out by it stop. @throws Problem not_found */
export async function endKey(context: CoreContext, actor: Actor, agentId: string, keyId: string): Promise<void> {
  await inTransaction(context.db.pool, async (tx) => {
    const ended = await endKeys(tx, actor, agentId, keyId);
    if (ended === 0) throw new Problem("not_found", "There is no such API key.");
  });
}

/** Ends one API key of an agent's, or all where `keyId` is null, each with its audit record, and gives how many. */
export async function endKeys(tx: Tx, who: Who, agentId: string, keyId: string | null): Promise<number> {
  const ended = await tx.rows<{ keyId: string; name: string }>(
    sql`delete from api_keys where agent_id = ${agentId} and id = coalesce(${keyId}, id) returning id as "keyId", name`,
  );
  for (const key of ended) {
    await recordAct(tx, who, { operation: "end_api_key", customerId: null, before: { agentId, ...key } });
  }
  return ended.length;
}

/** An API key that is good now, and whose it is. */
export type KnownKey = {
  keyId: string;
  keyName: string;
  agent: { id: string; name: string; email: string; twoFactorEnabled: boolean };
};

/** Finds whose API key this is, or null where it is none that is good now; notes once a minute that it was used. */
export async function findKey({ db, now }: CoreContext, key: string): Promise<KnownKey | null> {
  const at = now();
  const minuteAgo = new Date(at.getTime() - 60_000);
  const [found] = await db.sql<(KnownKey & { noted: boolean })[]>`
    select keys.id as "keyId", keys.name as "keyName", coalesce(keys.last_used_at > ${minuteAgo}, false) as noted,
      json_build_object('id', agents.id, 'name', agents.name, 'email', agents.email,
        'twoFactorEnabled', agents.two_factor_enabled) as agent
    from api_keys keys join agents on agents.id = keys.agent_id
    where keys.hash = ${hashKey(key)} and keys.expires_at > ${at}`;
  if (found === undefined) return null;
  const { noted, ...known } = found;
  if (!noted) {
    await db.sql`update api_keys set last_used_at = ${at}
      where id = ${known.keyId} and (last_used_at is null or last_used_at <= ${minuteAgo})`;
  }
  return known;
}

type Times = "createdAt" | "lastUsedAt" | "expiresAt";

function hashKey(key: string): string {
  return createHash("sha256").update(key).digest("base64url");
}
