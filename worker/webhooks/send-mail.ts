import { createTransport } from "nodemailer";
import { mailAddress } from "../../contract/webhooks.ts";
import type { Attempt, Posting } from "../../core/webhooks/carry-deliveries.ts";
import { mailText } from "./mail-text.ts";

/** The mail server, as `smtp://` or `smtps://` with its name and password, and whom mails are from. */
export type MailSettings = { server: string; from: string; publicUrl: string | null };

const answerMs = 15_000;

/** Sends a message as a mail and tells how that ended; its Message-ID is the same in each attempt. */
export async function sendMail({ id, address, message }: Posting, mail: MailSettings | null): Promise<Attempt> {
  if (mail === null) return { status: null, fault: "mail_not_set_up" };
  const transport = createTransport({
    url: mail.server,
    connectionTimeout: answerMs,
    greetingTimeout: answerMs,
    socketTimeout: answerMs,
    // What Muster sends is text: nothing of a file or from an address is put into it.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const { hostname } = new URL(mail.server);
  try {
    const { response } = await transport.sendMail({
      from: mail.from,
      to: mailAddress(address),
      messageId: `<${id}@${hostname}>`,
      ...mailText(message, mail.publicUrl),
    });
    return { status: Number.parseInt(response, 10) || null, fault: null };
  } catch (error) {
    const { code, responseCode = null } = error as { code?: string; responseCode?: number | null };
    if (responseCode !== null) return { status: responseCode, fault: "status" };
    return { status: null, fault: code === "ETIMEDOUT" ? "timeout" : "unreachable" };
  } finally {
    transport.close();
  }
}
