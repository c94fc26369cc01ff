import { askMailServer } from "../../core/mail/send-mail.ts";
import { type Finding, warning, well, wrong } from "./finding.ts";

/** Looks whether the mail server at `server` answers and lets in. Nothing is mailed. */
export async function examineMail(server: string): Promise<Finding> {
  const { status, fault } = await askMailServer(server);
  const { host } = new URL(server);
  const answers = `MUSTER_SMTP_URL leads to a mail server that answers (${host})`;
  if (fault === null && mayGoInTheClear(server)) {
    return warning(
      "mail",
      `${answers}; mails go to it in the clear where TLS is not offered, or is taken away on the way.`,
      "Begin it with smtps://, or end it with ?requireTLS=true; with ?ignoreTLS=true where nobody else is on the way.",
    );
  }
  if (fault === null) return well("mail", `${answers}.`);
  const said =
    status === null
      ? "where no mail server answers"
      : `which refuses this name and password, or the TLS that is required of it (${status})`;
  return wrong("mail", `MUSTER_SMTP_URL leads to ${host}, ${said}.`, "Correct the address, or see to the server.");
}

/** Whether nothing was said about TLS, so that the other side decides about it. */
function mayGoInTheClear(server: string): boolean {
  const { protocol, searchParams } = new URL(server);
  return protocol === "smtp:" && !["requireTLS", "ignoreTLS"].some((name) => searchParams.get(name) === "true");
}
