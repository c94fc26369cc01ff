import type { Database } from "../../../db/open-database.ts";

/** An employee of the partner, as sign-in knows them. */
export type SignedInAgent = { id: string; name: string; email: string; twoFactorEnabled: boolean };

/** Gives the agent of this id, null where there is none. */
export async function findAgent({ sql }: Pick<Database, "sql">, id: string): Promise<SignedInAgent | null> {
  const [agent] = await sql<SignedInAgent[]>`
    select id, name, email, two_factor_enabled as "twoFactorEnabled" from agents where id = ${id}`;
  return agent ?? null;
}

/** Gives the agent of this address in whatever case, null where it is nobody's. */
export async function findAgentByEmail(
  { sql }: Pick<Database, "sql">,
  email: string,
): Promise<Pick<SignedInAgent, "id" | "name"> | null> {
  const [agent] = await sql<Pick<SignedInAgent, "id" | "name">[]>`
    select id, name from agents where email = ${email.toLowerCase()}`;
  return agent ?? null;
}
