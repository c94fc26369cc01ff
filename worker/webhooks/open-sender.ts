import { isMail, mailAddress } from "../../contract/webhooks.ts";
import { UnrecoverableError, type Worker } from "bullmq";
import type { CoreContext } from "../../core/context.ts";
import { type Mail, type MailServer, sendMail } from "../../core/mail/send-mail.ts";
import { type Attempt, endAttempt, type Posting, readPosting } from "../../core/webhooks/carry-deliveries.ts";
import type { Log } from "../../db/log.ts";
import { logFault } from "../../db/log-fault.ts";
import { endWith } from "../../db/tracing.ts";
import { cleanFault } from "../job-faults.ts";
import { openJobSpan } from "../job-spans.ts";
import type { QueueBackend } from "../queue-backend.ts";
import { workerOptions } from "../worker-options.ts";
import type { DeliveryTarget } from "./add-deliveries.ts";
import { mailText } from "./mail-text.ts";
import { postMessage } from "./post-message.ts";

const QUEUE = "webhooks";
/** More than one webhook ever has on its way, so that a receiver that takes its time keeps no other one waiting. */
const AT_ONCE = 16;

/** Tries a message once; null where it is not due any more. */
export type Deliver = (deliveryId: string) => Promise<Attempt | null>;

/** How messages leave the house: into private networks only to `networks`, mails by `mail`, with links to `publicUrl`. */
export type Outlets = { networks: readonly string[]; mail: MailServer | null; publicUrl: string | null };

/** Sends messages of `context`. */
export function makeDeliver(context: CoreContext, { networks, mail, publicUrl }: Outlets): Deliver {
  return async (deliveryId) => {
    const posting = await readPosting(context, deliveryId);
    if (posting === null) return null;
    const attempt = isMail(posting.address)
      ? await sendMail(mailOf(posting, publicUrl), mail)
      : await postMessage(posting, networks);
    await endAttempt(context.db, deliveryId, attempt);
    return attempt;
  };
}

/** The mail that a message becomes. */
function mailOf({ id, address, message }: Posting, publicUrl: string | null): Mail {
  return { id, to: mailAddress(address), ...mailText(message, publicUrl) };
}

/** Tries a message once, and tells how that ended. @throws Error where the receiver did not take it */
async function send(deliver: Deliver, deliveryId: string, log: Log): Promise<string | null> {
  const attempt = await deliver(deliveryId).catch((thrown: unknown) => {
    logFault(log, thrown, "a message to a webhook broke off and will be tried again", { deliveryId });
    throw cleanFault(thrown);
  });
  if (attempt === null) return "not due any more";
  const outcome = attempt.status === null ? attempt.fault : `answered ${attempt.status}`;
  if (attempt.fault !== null) throw new UnrecoverableError(outcome ?? undefined);
  return outcome;
}

/** Opens the Worker that sends messages; its job fails where the receiver did not take the message. */
export function openSender(backend: QueueBackend, deliver: Deliver, log: Log): Worker<DeliveryTarget> {
  return backend.openWorker<DeliveryTarget>(
    QUEUE,
    async (job) => {
      const { deliveryId } = job.data;
      const span = openJobSpan("webhook", job, { "muster.delivery_id": deliveryId });
      return await endWith(span, () => send(deliver, deliveryId, log));
    },
    { ...workerOptions, concurrency: AT_ONCE },
  );
}
