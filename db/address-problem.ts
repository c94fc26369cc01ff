import { placeOf, type Store } from "./store-place.ts";

/** Why nobody could reach or enter the `store` at `url`. */
export type AddressFault = "refused" | "unknown_host" | "no_answer";

const sentences: Record<AddressFault, (setting: string, store: Store, url: string) => string> = {
  refused: (setting, store, url) => `${setting} is refused by ${store}: ${lettingIn(url)} do not let in.`,
  unknown_host: (setting, _store, url) =>
    `${setting} names the host "${new URL(url).hostname}", which cannot be found: check its spelling.`,
  no_answer: (setting, store, url) =>
    `${setting} leads to ${placeOf(store, url)}, where no ${store} answers: start it, or correct host and port.`,
};

/** The sentence that names `setting`, whose value is `url`, and what is wrong with that address; never the password. */
export function addressProblem(fault: AddressFault, setting: string, store: Store, url: string): Error {
  return new Error(sentences[fault](setting, store, url));
}

/** The fault of an address that the system told of by `error`; null where it is none. */
export function addressFault(error: unknown): AddressFault | null {
  const { code, errors } = error as { code?: unknown; errors?: { code?: unknown }[] };
  // A refused connection to a name with several addresses is an AggregateError of one error for each.
  switch (code ?? errors?.[0]?.code) {
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return "unknown_host";
    case "ECONNREFUSED":
      return "no_answer";
    default:
      return null;
  }
}

function lettingIn(url: string): string {
  const { username } = new URL(url);
  return username === "" ? "the user and password in it" : `user "${decodeURIComponent(username)}" and that password`;
}
