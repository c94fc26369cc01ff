import { createHash, randomBytes } from "node:crypto";
import { Problem } from "../../contract/problem.ts";
import { inTransaction, type Tx } from "../../db/in-transaction.ts";
import type { Actor } from "../actor.ts";
import { recordAct } from "../audit/record-act.ts";
import type { RowMatch } from "../batches/read/match-rows.ts";
import { may } from "../access/authority/may.ts";
import type { CoreContext } from "../context.ts";
import { passwordAct, passwordRows, requirePasswords, whoLabels, type PasswordAct } from "./write-passwords.ts";
import { csvLine } from "../../files/csv/write-csv.ts";
import { sql } from "../../db/sql-text.ts";

/** How links are made: the address of the page that opens them, and how long they last. */
export type LinkTerms = { page: string; hours: number };

type Linked = { userId: string; customerId: string; batchId: string; expiresAt: Date };

const tokenBytes = 32;

/**
 * Makes a one-time link for each user of the rows of a batch that match whose temporary password is left, and writes
 * them as CSV in pieces. A link made before for the same user ends. Audited before the first byte.
 * @throws Problem not_found, passwords_expired
 */
export async function writeLinks(
  context: CoreContext,
  actor: Actor,
  batchId: string,
  match: RowMatch,
  terms: LinkTerms,
): Promise<AsyncIterable<string>> {
  const { customerId, count, act } = await requirePasswords(context, batchId, match);
  await inTransaction(context.db.pool, async (tx) => {
    const after = { links: count, hours: terms.hours };
    await recordAct(tx, actor, { operation: "make_password_links", customerId, batchId, after });
    await actor.recordResult?.(tx, batchId);
  });
  return linkLines(context, actor, batchId, match, { ...terms, act });
}

async function* linkLines(
  context: CoreContext,
  actor: Actor,
  batchId: string,
  match: RowMatch,
  terms: LinkTerms & { act: PasswordAct },
): AsyncIterable<string> {
  yield `\uFEFF${csvLine([...whoLabels, "Link", "Expires at (UTC)"])}`;
  for await (const page of passwordRows(context, actor, batchId, match, terms.act)) {
    const linked = page.map((row) => ({ ...row, batchId, expiresAt: linkEnd(context, row.expiresAt, terms) }));
    const tokens = await inTransaction(context.db.pool, (tx) => keepLinks(tx, linked));
    yield linked
      .map((row, at) =>
        csvLine([row.userPrincipalName, row.displayName, linkTo(terms, tokens[at] ?? ""), row.expiresAt.toISOString()]),
      )
      .join("");
  }
}

type LinkTarget = { roles: string[]; batchId: string | null; expiresAt: Date | null; operation: string | null };

/**
 * Makes a one-time link to the temporary password of one user of the customer. Asks by itself whether `actor` may see it,
 * by the roles that the user holds and by the batch that made the password, neither of which the path names.
 * @throws Problem not_found, forbidden, passwords_expired
 */
export async function makeLink(
  context: CoreContext,
  actor: Actor,
  customerId: string,
  userId: string,
  terms: LinkTerms,
): Promise<{ url: string }> {
  return await inTransaction(context.db.pool, async (tx) => {
    const [user] = await tx.rows<LinkTarget>(
      sql`select coalesce((select array_agg(role) from role_assignments where user_id = users.id), '{}') as roles,
         secret.batch_id as "batchId", secret.expires_at as "expiresAt", batches.operation
       from users left join temporary_passwords secret on secret.user_id = users.id and secret.expires_at > ${context.now()}
         left join batches on batches.id = secret.batch_id
       where users.id = ${userId} and users.customer_id = ${customerId} and users.deleted_at is null`,
    );
    if (user === undefined) throw new Problem("not_found", "There is no such user.");
    const answer = may(actor.authority, passwordAct(user.operation ?? "createUsers"), user);
    if (!answer.allowed) throw new Problem("forbidden", `Needs ${answer.missing}`);
    const { batchId } = user;
    if (batchId === null || user.expiresAt === null) {
      throw new Problem(
        "passwords_expired",
        "The user has no temporary password any more. Reset it, then make a link.",
      );
    }
    const expiresAt = linkEnd(context, user.expiresAt, terms);
    const [token = ""] = await keepLinks(tx, [{ userId, customerId, batchId, expiresAt }]);
    const after = { links: 1, hours: terms.hours };
    await recordAct(tx, actor, { operation: "make_password_links", customerId, batchId, userId, after });
    await actor.recordResult?.(tx, userId);
    return { url: linkTo(terms, token) };
  });
}

/** When the link of a user ends; null where there is none. */
export async function linkOfUser(context: CoreContext, userId: string): Promise<{ expiresAt: Date } | null> {
  const [link] = await context.db.sql<{ expiresAt: Date }[]>`
    select expires_at as "expiresAt" from password_links where user_id = ${userId}`;
  return link ?? null;
}

/** What is kept of a link's token. */
export function hashToken(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}

/** A link never outlives the password that it leads to. */
function linkEnd(context: CoreContext, passwordEnd: Date, { hours }: LinkTerms): Date {
  return new Date(Math.min(passwordEnd.getTime(), context.now().getTime() + hours * 3_600_000));
}

/** What follows `#` is never sent by a browser, and so stands in no log on the way. */
function linkTo({ page }: LinkTerms, token: string): string {
  return `${page}#${token}`;
}

async function keepLinks(tx: Tx, users: readonly Linked[]): Promise<string[]> {
  const tokens = users.map(() => randomBytes(tokenBytes).toString("base64url"));
  await tx.rows(
    sql`insert into password_links (token_hash, user_id, customer_id, batch_id, expires_at)
     select * from unnest(
       ${tokens.map(hashToken)}::bytea[], ${users.map((user) => user.userId)}::uuid[],
       ${users.map((user) => user.customerId)}::uuid[], ${users.map((user) => user.batchId)}::uuid[],
       ${users.map((user) => user.expiresAt)}::timestamptz[]
     ) link (token_hash, user_id, customer_id, batch_id, expires_at) order by user_id
     on conflict (user_id) do update set token_hash = excluded.token_hash, batch_id = excluded.batch_id,
       expires_at = excluded.expires_at`,
  );
  return tokens;
}
