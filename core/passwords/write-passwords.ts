import { inTransaction } from "../../db/in-transaction.ts";
import { fieldLabel } from "../../contract/fields.ts";
import { Problem } from "../../contract/problem.ts";
import type { ShownPassword } from "../../contract/routes/hand-off-routes.ts";
import type { Page } from "../../contract/paging.ts";
import type { Actor } from "../actor.ts";
import { recordAct } from "../audit/record-act.ts";
import { matchRows, type RowMatch } from "../batches/read/match-rows.ts";
import { may } from "../access/authority/may.ts";
import type { CoreContext } from "../context.ts";
import { cutPage, unpackCursor } from "../paging.ts";
import { userOwner } from "../secrets/secrets.ts";
import { csvLine } from "../../files/csv/write-csv.ts";

/** A temporary password as it lies in the database, with whom it is for. */
export type SealedRow = {
  rowNo: number;
  userId: string;
  customerId: string;
  userPrincipalName: string;
  displayName: string;
  sealed: Buffer;
  expiresAt: Date;
  roles: string[];
};

const pageRows = 1000;

/** The heads of the columns that say whom a line of a file of secrets is for. */
export const whoLabels = [fieldLabel("userPrincipalName"), fieldLabel("displayName")];

/**
 * Opens the temporary passwords that a batch made, or those of its rows that match, and writes them as CSV in pieces:
 * name, display name, password, end of life. Any number of times until they expire or the user signs in; each time is
 * audited before the first byte. Only for targets whose password `actor` may set at this moment.
 * @throws Problem not_found, passwords_expired.
 */
export async function writePasswords(
  context: CoreContext,
  actor: Actor,
  batchId: string,
  match: RowMatch = {},
): Promise<AsyncIterable<string>> {
  const { customerId, count, act } = await requirePasswords(context, batchId, match);
  await inTransaction(context.db.pool, async (tx) => {
    await recordAct(tx, actor, { operation: "download_passwords", customerId, batchId, after: { passwords: count } });
    await actor.recordResult?.(tx, batchId);
  });
  return passwordLines(context, actor, batchId, match, act);
}

/**
 * How many temporary passwords of the rows that match are left, where there is any, and the act by which each may be seen.
 * @throws Problem not_found, passwords_expired.
 */
export async function requirePasswords(
  context: CoreContext,
  batchId: string,
  match: RowMatch,
): Promise<{ customerId: string; count: number; act: PasswordAct }> {
  const { customerId, count, operation } = await countPasswords(context, batchId, match);
  if (count === 0) {
    throw new Problem(
      "passwords_expired",
      "No temporary password of these rows is left: none was made, the users have signed in, or the 7 days are over.",
    );
  }
  return { customerId, count, act: passwordAct(operation) };
}

/** What one must be allowed to do to a user to see the temporary password. */
export type PasswordAct = "downloadPasswords" | "resetPasswords";

/** Who may create users sees the passwords of those whom a batch created, and not of those whom one reset. */
export function passwordAct(operation: string): PasswordAct {
  return operation === "createUsers" ? "downloadPasswords" : "resetPasswords";
}

async function countPasswords(
  context: CoreContext,
  batchId: string,
  match: RowMatch,
): Promise<{ customerId: string; count: number; operation: string }> {
  const { sql } = context.db;
  const [found] = await sql<{ customerId: string; count: number; operation: string }[]>`
    select customer_id as "customerId", operation,
      (select count(*)::int
       from row_results results join temporary_passwords secret using (user_id, batch_id)
       where ${matchRows(sql, batchId, match)} and secret.expires_at > ${context.now()}) as count
    from batches where id = ${batchId}`;
  if (found === undefined) throw new Problem("not_found", "There is no such batch.");
  return found;
}

async function* passwordLines(
  context: CoreContext,
  actor: Actor,
  batchId: string,
  match: RowMatch,
  act: PasswordAct,
): AsyncIterable<string> {
  yield `\uFEFF${csvLine([...whoLabels, "Temporary password", "Expires at (UTC)"])}`;
  for await (const page of passwordRows(context, actor, batchId, match, act)) {
    yield page
      .map((row) =>
        csvLine([row.userPrincipalName, row.displayName, openRow(context, row), row.expiresAt.toISOString()]),
      )
      .join("");
  }
}

/**
 * The temporary passwords of the rows of a batch that match, still sealed, of those targets to whom `actor` may do `act`,
 * in pages of up to 1,000. Each is asked about here, by the roles that its own user holds now: the route knows only the batch.
 */
export async function* passwordRows(
  context: CoreContext,
  { authority }: Actor,
  batchId: string,
  match: RowMatch,
  act: PasswordAct,
): AsyncIterable<SealedRow[]> {
  for (let after = 0; ;) {
    const page = await readSealed(context, batchId, match, after, pageRows);
    const last = page.at(-1);
    if (last === undefined) return;
    yield page.filter((row) => may(authority, act, { roles: row.roles }).allowed);
    after = last.rowNo;
  }
}

/** The temporary passwords of the rows behind `after` that match, still sealed, of `limit` rows at most. */
async function readSealed(
  context: CoreContext,
  batchId: string,
  match: RowMatch,
  after: number,
  limit: number,
): Promise<SealedRow[]> {
  const { sql } = context.db;
  return await sql<SealedRow[]>`
      select results.row_no as "rowNo", users.id as "userId", users.customer_id as "customerId",
        users.user_principal_name as "userPrincipalName", users.display_name as "displayName", secret.sealed,
        secret.expires_at as "expiresAt",
        coalesce((select array_agg(role) from role_assignments where user_id = users.id), '{}') as roles
      from row_results results join temporary_passwords secret using (user_id, batch_id)
        join users on users.id = secret.user_id
      where ${matchRows(sql, batchId, match)} and results.row_no > ${after} and secret.expires_at > ${context.now()}
        and users.deleted_at is null
      order by results.row_no limit ${limit}`;
}

/**
 * Opens the temporary passwords of a page of a batch's rows, to be shown; audited as the download of all is. Only for
 * targets whose password `actor` may set at this moment, by the roles that each holds, as `passwordRows` asks.
 * @throws Problem not_found, passwords_expired, body_invalid for a foreign cursor
 */
export async function showPasswords(
  context: CoreContext,
  actor: Actor,
  batchId: string,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<ShownPassword>> {
  const { customerId, act } = await requirePasswords(context, batchId, {});
  const [after = 0] = unpackCursor(cursor, ["number"]) ?? [];
  const page = cutPage(await readSealed(context, batchId, {}, Number(after), limit + 1), limit, (last) => [last.rowNo]);
  const shown = page.items.filter(({ roles }) => may(actor.authority, act, { roles }).allowed);
  await inTransaction(context.db.pool, async (tx) => {
    await recordAct(tx, actor, {
      operation: "show_passwords",
      customerId,
      batchId,
      after: { passwords: shown.length },
    });
  });
  const items = shown.map((row) => ({
    rowNo: row.rowNo,
    userId: row.userId,
    userPrincipalName: row.userPrincipalName,
    displayName: row.displayName,
    temporaryPassword: openRow(context, row),
    expiresAt: row.expiresAt.toISOString(),
  }));
  return { ...page, items };
}

function openRow(context: CoreContext, row: SealedRow): string {
  return context.secrets.open(row.sealed, userOwner(row.customerId, row.userId));
}

/** Gives the temporary password of one user, for the answer to the request that made it; null where there is none. */
export async function temporaryPassword(context: CoreContext, userId: string): Promise<string | null> {
  const [row] = await context.db.sql<{ customerId: string; sealed: Buffer }[]>`
    select customer_id as "customerId", sealed from temporary_passwords
    where user_id = ${userId} and expires_at > ${context.now()}`;
  return row === undefined ? null : context.secrets.open(row.sealed, userOwner(row.customerId, userId));
}
