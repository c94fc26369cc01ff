import { isConnectionLost } from "./faults.ts";
import { placeOf, type Store } from "./store-place.ts";

/** Why nobody could reach or enter the `store` at `url`. */
export type AddressFault = "refused" | "unknown_host" | "no_answer" | "no_tls" | "untrusted";

const sentences: Record<AddressFault, (setting: string, store: Store, url: string) => string> = {
  refused: (setting, store, url) => `${setting} is refused by ${store}: ${lettingIn(url)} do not let in.`,
  unknown_host: (setting, _store, url) =>
    `${setting} names the host "${new URL(url).hostname}", which cannot be found: check its spelling.`,
  no_answer: (setting, store, url) =>
    `${setting} leads to ${placeOf(store, url)}, where no ${store} answers: start it, or correct host and port.`,
  no_tls: (setting, store, url) =>
    `${setting} asks for TLS, and none comes about with ${placeOf(store, url)}: see to it there, or take it out of the address.`,
  untrusted: (setting, store, url) =>
    `${setting} leads to ${placeOf(store, url)}, whose certificate is not trusted, or is of another host: correct it there, or have NODE_EXTRA_CA_CERTS name the file of the authority that signed it.`,
};

/** The sentence that names `setting`, whose value is `url`, and what is wrong with that address; never the password. */
export function addressProblem(fault: AddressFault, setting: string, store: Store, url: string): Error {
  return new Error(sentences[fault](setting, store, url));
}

/** The fault of an address that the system or a driver told of by `error`; null where it is none. */
export function addressFault(error: unknown): AddressFault | null {
  const { code, errors, message } = error as { code?: string; errors?: { code?: string }[]; message?: string };
  // A refused connection to a name with several addresses is an AggregateError of one error for each.
  const told = code ?? errors?.[0]?.code ?? "";
  if (told === "ENOTFOUND" || told === "EAI_AGAIN") return "unknown_host";
  if (/^ERR_SSL_|^EPROTO$/.test(told) || noTls.test(message ?? "")) return "no_tls";
  if (/CERT|^UNABLE_TO_/.test(told)) return "untrusted";
  return isConnectionLost(error) ? "no_answer" : null;
}

/** What the client of Postgres says without a code. */
const noTls = /^(The server does not support SSL|There was an error establishing an SSL)/;

function lettingIn(url: string): string {
  const { username } = new URL(url);
  return username === "" ? "the user and password in it" : `user "${decodeURIComponent(username)}" and that password`;
}
