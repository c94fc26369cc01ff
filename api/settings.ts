import type { MailServer } from "../core/mail/send-mail.ts";

/** What the api needs to know of the settings; main.ts reads them. */
export type ApiSettings = {
  host: string;
  /** 0 takes any free port. */
  port: number;
  /** The address that people type, where a proxy stands in front; `https:` makes the cookies secure. */
  publicUrl: string | null;
  /** Who is believed about the caller's address: so many proxies in front, or those at these addresses. */
  trustedProxies: number | string;
  /** A bearer token that is an Admin agent with every grant; 32 characters or more. */
  adminApiKey: string | null;
  maxUploadMb: number;
  /** Requests that an API key or a session may make in a minute. */
  requestsPerMinute: number;
  /** Where mails go; null where none are sent. */
  mail: MailServer | null;
};
