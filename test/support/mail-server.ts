import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import type { MailServer } from "../../core/mail/send-mail.ts";

/** A mail as it arrived. */
type Received = { from: string; to: string[]; text: string };

/** A real mail server, with what it has taken. */
export type TestMailServer = { mail: MailServer; mails: Received[]; close(): void };

/** Starts a mail server, which takes no mail for nobody@. */
export async function startMailServer(): Promise<TestMailServer> {
  const mails: Received[] = [];
  const server = new SMTPServer({
    authOptional: false,
    allowInsecureAuth: true,
    disabledCommands: ["STARTTLS"],
    onAuth: ({ username, password }, _session, done) =>
      username === "muster" && password === "word" ? done(null, { user: username }) : done(new Error("no")),
    onRcptTo: ({ address }, _session, done) =>
      address.startsWith("nobody@") ? done(Object.assign(new Error("nobody here"), { responseCode: 550 })) : done(),
    onData: (stream, { envelope }, done) => {
      const pieces: Buffer[] = [];
      stream.on("data", (piece: Buffer) => pieces.push(piece));
      stream.on("end", () => {
        const from = envelope.mailFrom === false ? "" : envelope.mailFrom.address;
        const to = envelope.rcptTo.map(({ address }) => address);
        mails.push({ from, to, text: Buffer.concat(pieces).toString() });
        done();
      });
    },
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.server.address() as AddressInfo;
  const mail = { server: `smtp://muster:word@127.0.0.1:${port}`, from: "muster@partner.example" };
  return { mail, mails, close: () => server.close() };
}
