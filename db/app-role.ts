import { onConnection } from "./on-connection.ts";

/** What the role that an address names may do to the tables of ours. */
export type RoleStanding = {
  name: string;
  superuser: boolean;
  /** Whether it may change the tables themselves, or would come to own them: no migration has run yet. */
  owner: boolean;
};

/** Tells how the role in `url` stands to the tables of ours. */
export async function roleStanding(url: string): Promise<RoleStanding> {
  return await onConnection(url, async (client) => {
    const { rows } = await client.query<RoleStanding>(`
      select current_user as name, rolsuper as superuser,
        rolsuper or to_regclass('public.audit') is null
          or pg_has_role((select relowner from pg_class where oid = to_regclass('public.audit')), 'member') as owner
      from pg_roles where rolname = current_user`);
    const [standing] = rows;
    if (standing === undefined) throw new Error("the database does not know its own role");
    return standing;
  });
}

/**
 * Lets the role in `appUrl` read and write the tables of ours, as their owner in `ownerUrl`, and makes the role where it is
 * missing. It owns no table, so that it can neither switch off nor get round the trigger that keeps the audit append-only;
 * the queue's tables alone are its own.
 */
export async function openToRole(ownerUrl: string, appUrl: string): Promise<void> {
  const { username, password } = new URL(appUrl);
  const [name, secret] = [decodeURIComponent(username), decodeURIComponent(password)];
  await onConnection(ownerUrl, async (client) => {
    const role = client.escapeIdentifier(name);
    const { rows } = await client.query<{ database: string; known: boolean; queue: string | null }>(
      `select current_database() as database, exists (select from pg_roles where rolname = $1) as known,
         (select nspowner::regrole::text from pg_namespace where nspname = 'bullmq') as queue`,
      [name],
    );
    const { database = "", known = false, queue = null } = rows[0] ?? {};
    await client.query("begin");
    if (!known) await client.query(`create role ${role} login`);
    if (secret !== "") await client.query(`alter role ${role} password ${client.escapeLiteral(secret)}`);
    await client.query(grants(role, client.escapeIdentifier(database)));
    // The queue is filled anew from our own tables, so that nothing is lost with what another role made.
    if (queue !== null && queue !== role && queue !== name) await client.query("drop schema bullmq cascade");
    await client.query("commit");
  });
}

const grants = (role: string, database: string) => `
grant connect, temporary, create on database ${database} to ${role};
grant usage on schema public, drizzle to ${role};
grant select, insert, update, delete on all tables in schema public to ${role};
grant select on all tables in schema drizzle to ${role};
grant usage, select on all sequences in schema public to ${role};
revoke update, delete on audit from ${role};
`;
