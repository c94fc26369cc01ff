import { createTransport, type Transporter } from "nodemailer";
import type SMTPTransport from "nodemailer/lib/smtp-transport/index.js";
import type { DeliveryFault } from "../../contract/webhooks.ts";

/** The mail server, as `smtp://` or `smtps://` with its name and password, and whom mails are from. */
export type MailServer = { server: string; from: string };

/** A mail; `id` makes its Message-ID, so that one that is sent again is known for the same. */
export type Mail = { id: string; to: string; subject: string; text: string };

/** How the sending of a mail ended: what the server answered, and why it did not take the mail where it did not. */
export type MailEnd = { status: number | null; fault: DeliveryFault | null };

const answerMs = 15_000;

/** Sends a mail and tells how that ended; without a server it ends as `mail_not_set_up`. */
export async function sendMail({ id, ...mail }: Mail, by: MailServer | null): Promise<MailEnd> {
  if (by === null) return { status: null, fault: "mail_not_set_up" };
  const { hostname } = new URL(by.server);
  return await withServer(by.server, async (transport) => {
    const { response } = await transport.sendMail({ ...mail, from: by.from, messageId: `<${id}@${hostname}>` });
    return Number.parseInt(response, 10) || null;
  });
}

/** Tells whether a mail server answers and lets in, without a mail. */
export async function askMailServer(server: string): Promise<MailEnd> {
  return await withServer(server, async (transport) => {
    await transport.verify();
    return null;
  });
}

async function withServer(
  server: string,
  act: (transport: Transporter<SMTPTransport.SentMessageInfo>) => Promise<number | null>,
): Promise<MailEnd> {
  const transport = createTransport({
    url: server,
    connectionTimeout: answerMs,
    greetingTimeout: answerMs,
    socketTimeout: answerMs,
    // What Muster sends is text: nothing of a file or from an address is put into it.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    return { status: await act(transport), fault: null };
  } catch (error) {
    const { code, responseCode = null } = error as { code?: string; responseCode?: number | null };
    if (responseCode !== null) return { status: responseCode, fault: "status" };
    return { status: null, fault: code === "ETIMEDOUT" ? "timeout" : "unreachable" };
  } finally {
    transport.close();
  }
}
