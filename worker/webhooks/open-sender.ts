import { isMail } from "../../contract/webhooks.ts";
import { UnrecoverableError, type Worker } from "bullmq";
import { type Attempt, endAttempt, readPosting } from "../../core/webhooks/carry-deliveries.ts";
import type { CoreContext } from "../../core/context.ts";
import type { Log } from "../../db/log.ts";
import { cleanFault } from "../job-faults.ts";
import type { QueueBackend } from "../queue-backend.ts";
import { workerOptions } from "../worker-options.ts";
import type { DeliveryTarget } from "./add-deliveries.ts";
import { postMessage } from "./post-message.ts";
import { type MailSettings, sendMail } from "./send-mail.ts";

const QUEUE = "webhooks";
/** A receiver that takes its time keeps no other one waiting. */
const AT_ONCE = 16;

/** Tries a message once; null where it is not due any more. */
export type Deliver = (deliveryId: string) => Promise<Attempt | null>;

/** How messages leave the house: into private networks only to `networks`, and no mails where `mail` is null. */
export type Outlets = { networks: readonly string[]; mail: MailSettings | null };

/** Sends messages of `context`. */
export function makeDeliver(context: CoreContext, { networks, mail }: Outlets): Deliver {
  return async (deliveryId) => {
    const posting = await readPosting(context, deliveryId);
    if (posting === null) return null;
    const attempt = isMail(posting.address) ? await sendMail(posting, mail) : await postMessage(posting, networks);
    await endAttempt(context.db, deliveryId, attempt);
    return attempt;
  };
}

/** Opens the Worker that sends messages; its job fails where the receiver did not take the message. */
export function openSender(backend: QueueBackend, deliver: Deliver, log: Log): Worker<DeliveryTarget> {
  return backend.openWorker<DeliveryTarget>(
    QUEUE,
    async ({ data: { deliveryId } }) => {
      const attempt = await deliver(deliveryId).catch((thrown: unknown) => {
        log.warn({ err: thrown, deliveryId }, "a message to a webhook broke off and will be tried again");
        throw cleanFault(thrown);
      });
      if (attempt === null) return "not due any more";
      const outcome = attempt.status === null ? attempt.fault : `answered ${attempt.status}`;
      if (attempt.fault !== null) throw new UnrecoverableError(outcome ?? undefined);
      return outcome;
    },
    { ...workerOptions, concurrency: AT_ONCE },
  );
}
