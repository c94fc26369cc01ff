import { Problem } from "../../contract/problem.ts";
import { inTransaction } from "../../db/in-transaction.ts";
import { sql } from "../../db/sql-text.ts";
import { recordAct } from "../audit/record-act.ts";
import type { CoreContext } from "../context.ts";
import { userOwner } from "../secrets/secrets.ts";
import { addressToCount, limitAttempts } from "../limits/limit-attempts.ts";
import { hashToken } from "./make-links.ts";

/** What a link shows, once. */
export type HandedOff = {
  userPrincipalName: string;
  displayName: string;
  temporaryPassword: string;
  expiresAt: Date;
};

type Opened = {
  userId: string;
  customerId: string;
  batchId: string;
  userPrincipalName: string;
  displayName: string;
  sealed: Buffer;
  expiresAt: Date;
};

const holder = { id: "one-time link", name: "one-time link" };
const perAddress = { by: "address", most: 30, seconds: 60 } as const;

/**
 * Opens a one-time link: it is gone afterwards, and the opening is in the audit.
 * @throws Problem link_gone, the same for a link that was opened, has expired, leads to a password that is gone, or never was; rate_limited
 */
export async function openLink(context: CoreContext, token: string, address: string): Promise<HandedOff> {
  await limitAttempts(context, [{ what: `link ${addressToCount(address)}`, ...perAddress }]);
  return await inTransaction(context.db.pool, async (tx) => {
    const [opened] = await tx.rows<Opened>(openSql(hashToken(token), context.now()));
    if (opened === undefined) throw new Problem("link_gone", "Ask whoever sent you the link for another one.");
    const { userId, customerId, batchId, sealed, ...shown } = opened;
    const about = { customerId, batchId, userId, after: { address } };
    await recordAct(tx, holder, { operation: "open_password_link", ...about });
    return { ...shown, temporaryPassword: context.secrets.open(sealed, userOwner(customerId, userId)) };
  });
}

// The delete is what makes a link open once: of two at the same moment, the second finds no row.
const openSql = (tokenHash: Buffer, now: Date) => sql`
with link as (
  delete from password_links where token_hash = ${tokenHash} and expires_at > ${now} returning user_id, batch_id
)
select users.id as "userId", users.customer_id as "customerId", secret.batch_id as "batchId",
  users.user_principal_name as "userPrincipalName", users.display_name as "displayName", secret.sealed,
  secret.expires_at as "expiresAt"
from link join temporary_passwords secret using (user_id, batch_id) join users on users.id = secret.user_id
where users.deleted_at is null and secret.expires_at > ${now}`;
