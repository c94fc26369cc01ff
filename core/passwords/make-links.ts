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

/** A link as it is shown once, with whose password it shows. */
export type OneTimeLink = { userPrincipalName: string; displayName: string; url: string; expiresAt: Date };

type Linked = { userId: string; customerId: string; batchId: string; expiresAt: Date; token: string };

/** A link with what is to be kept of it. */
export type DraftedLink = OneTimeLink & Linked;

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
  const { act, ...about } = await requirePasswords(context, batchId, match);
  await inTransaction(context.db.pool, async (tx) => {
    await recordLinks(tx, actor, { ...about, batchId, hours: terms.hours });
    await actor.recordResult?.(tx, batchId);
  });
  return linkLines(keptLinks(context, draftLinks(context, actor, batchId, match, { ...terms, act })));
}

/** Notes in the audit that links of a batch are made. */
export async function recordLinks(
  tx: Tx,
  actor: Actor,
  { customerId, batchId, count, hours }: { customerId: string; batchId: string; count: number; hours: number },
): Promise<void> {
  await recordAct(tx, actor, { operation: "make_password_links", customerId, batchId, after: { links: count, hours } });
}

async function* linkLines(pages: AsyncIterable<readonly OneTimeLink[]>): AsyncIterable<string> {
  yield `\uFEFF${csvLine([...whoLabels, "Link", "Expires at (UTC)"])}`;
  for await (const page of pages) {
    yield page
      .map(({ userPrincipalName, displayName, url, expiresAt }) =>
        csvLine([userPrincipalName, displayName, url, expiresAt.toISOString()]),
      )
      .join("");
  }
}

/**
 * Thinks of a link for each of those targets of a batch whose password `actor` may see, page by page. They open nothing, and end
 * no earlier link, before `keepLinks` has them.
 */
export async function* draftLinks(
  context: CoreContext,
  actor: Actor,
  batchId: string,
  match: RowMatch,
  terms: LinkTerms & { act: PasswordAct },
): AsyncIterable<DraftedLink[]> {
  for await (const page of passwordRows(context, actor, batchId, match, terms.act)) {
    yield page.map((row) => {
      const token = makeToken();
      return { ...row, batchId, token, url: linkTo(terms, token), expiresAt: linkEnd(context, row.expiresAt, terms) };
    });
  }
}

async function* keptLinks(
  context: CoreContext,
  pages: AsyncIterable<DraftedLink[]>,
): AsyncIterable<readonly OneTimeLink[]> {
  for await (const page of pages) {
    await inTransaction(context.db.pool, (tx) => keepLinks(tx, page));
    yield page;
  }
}

type LinkTarget = Pick<OneTimeLink, "userPrincipalName" | "displayName"> & {
  roles: string[];
  batchId: string | null;
  expiresAt: Date | null;
  operation: string | null;
};

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
): Promise<OneTimeLink> {
  return await inTransaction(context.db.pool, async (tx) => {
    const [user] = await tx.rows<LinkTarget>(
      sql`select coalesce((select array_agg(role) from role_assignments where user_id = users.id), '{}') as roles,
         secret.batch_id as "batchId", secret.expires_at as "expiresAt", batches.operation,
         users.user_principal_name as "userPrincipalName", users.display_name as "displayName"
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
    const token = makeToken();
    await keepLinks(tx, [{ userId, customerId, batchId, expiresAt, token }]);
    const after = { links: 1, hours: terms.hours };
    await recordAct(tx, actor, { operation: "make_password_links", customerId, batchId, userId, after });
    await actor.recordResult?.(tx, userId);
    const { userPrincipalName, displayName } = user;
    return { userPrincipalName, displayName, url: linkTo(terms, token), expiresAt };
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

function makeToken(): string {
  return randomBytes(tokenBytes).toString("base64url");
}

/** Makes links open, each in the place of an earlier one of its user, of those whose password is still that of the batch. */
export async function keepLinks(tx: Tx, links: readonly Linked[]): Promise<void> {
  await tx.rows(
    sql`insert into password_links (token_hash, user_id, customer_id, batch_id, expires_at)
     select token_hash, user_id, link.customer_id, batch_id, link.expires_at from unnest(
       ${links.map(({ token }) => hashToken(token))}::bytea[], ${links.map((link) => link.userId)}::uuid[],
       ${links.map((link) => link.customerId)}::uuid[], ${links.map((link) => link.batchId)}::uuid[],
       ${links.map((link) => link.expiresAt)}::timestamptz[]
     ) link (token_hash, user_id, customer_id, batch_id, expires_at)
       join temporary_passwords using (user_id, batch_id) order by user_id
     on conflict (user_id) do update set token_hash = excluded.token_hash, batch_id = excluded.batch_id,
       expires_at = excluded.expires_at`,
  );
}
