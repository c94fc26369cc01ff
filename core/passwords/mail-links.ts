import { Problem } from "../../contract/problem.ts";
import { mostMailedLinks } from "../../contract/routes/hand-off-routes.ts";
import { inTransaction, type Tx } from "../../db/in-transaction.ts";
import { newId } from "../../db/new-id.ts";
import type { Actor } from "../actor.ts";
import { recordAct } from "../audit/record-act.ts";
import type { RowMatch } from "../batches/read/match-rows.ts";
import type { CoreContext } from "../context.ts";
import { type MailServer, sendMail } from "../mail/send-mail.ts";
import {
  draftLinks,
  type DraftedLink,
  keepLinks,
  type LinkTerms,
  makeLink,
  type OneTimeLink,
  recordLinks,
} from "./make-links.ts";
import { linksMail } from "./links-mail.ts";
import { requirePasswords } from "./write-passwords.ts";

/** Where links are mailed to, and by which server; it is asked for before a link is made. */
export type MailWay = { to: string; by: MailServer | null };

/** What a mail of links is about. */
type About = { customerId: string; batchId?: string; userId?: string };

/**
 * Makes a one-time link as `makeLink` does, and mails it. Only a hash of a link is kept, so it is mailed by the request that
 * makes it, and is shown whether that went well or not: `refused` says why it did not.
 * @throws Problem mail_not_set_up, and what `makeLink` throws
 */
export async function makeMailedLink(
  context: CoreContext,
  actor: Actor,
  customerId: string,
  userId: string,
  terms: LinkTerms,
  way: MailWay,
): Promise<{ url: string; refused: Problem | null }> {
  requireServer(way);
  const link = await makeLink(context, actor, customerId, userId, terms);
  const refused = await mailLinks(context, way, [link], "Nothing was mailed, so hand it over in another way.");
  if (refused === null) {
    await inTransaction(context.db.pool, (tx) => recordMailed(tx, actor, { customerId, userId }, 1));
  }
  return { url: link.url, refused };
}

/**
 * Makes a one-time link for each user of the rows of a batch that match whose temporary password is left, and mails all of
 * them to one address. They open, in the place of earlier ones, once the mail server has taken the mail: until then nothing
 * has changed, whatever breaks.
 * @throws Problem mail_not_set_up, mail_failed, not_found, passwords_expired, body_invalid for too many links
 */
export async function mailBatchLinks(
  context: CoreContext,
  actor: Actor,
  batchId: string,
  match: RowMatch,
  terms: LinkTerms,
  way: MailWay,
): Promise<void> {
  requireServer(way);
  const { customerId, count, act } = await requirePasswords(context, batchId, match);
  if (count > mostMailedLinks) {
    throw new Problem(
      "body_invalid",
      `One mail holds ${mostMailedLinks} links, and these rows have ${count}. Make a file.`,
    );
  }
  const links: DraftedLink[] = [];
  for await (const page of draftLinks(context, actor, batchId, match, { ...terms, act })) links.push(...page);
  const refused = await mailLinks(context, way, links, "Nothing was mailed, and links made before open as they did.");
  if (refused !== null) throw refused;
  await inTransaction(context.db.pool, async (tx) => {
    await keepLinks(tx, links);
    await recordLinks(tx, actor, { customerId, batchId, count, hours: terms.hours });
    await recordMailed(tx, actor, { customerId, batchId }, links.length);
    await actor.recordResult?.(tx, batchId);
  });
}

function requireServer({ by }: MailWay): void {
  if (by !== null) return;
  throw new Problem(
    "mail_not_set_up",
    "Set MUSTER_SMTP_URL and MUSTER_MAIL_FROM, or hand the links over in another way.",
  );
}

/**
 * Mails links and gives why that failed, with what it means for them, `outcome`; or null where it did not fail. Without the
 * address, which is a person's.
 */
async function mailLinks(
  context: CoreContext,
  { to, by }: MailWay,
  links: readonly OneTimeLink[],
  outcome: string,
): Promise<Problem | null> {
  const { status, fault } = await sendMail({ id: newId(), to, ...linksMail(links) }, by);
  if (fault === null) return null;
  context.log.warn({ status, fault, links: links.length }, "a mail of one-time links was not taken");
  const said = status === null ? "It cannot be reached." : `It answered ${status}.`;
  return new Problem("mail_failed", `${said} Look at the address and at the mail server. ${outcome}`);
}

/** To whom it was mailed stays with the mail server: an address is about a person. */
async function recordMailed(tx: Tx, actor: Actor, about: About, links: number): Promise<void> {
  await recordAct(tx, actor, { operation: "mail_password_links", ...about, after: { links } });
}
