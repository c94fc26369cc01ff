import { CommandFailed, exitCodes } from "./exit-codes.ts";

/** Where the Muster is, without a slash at the end, and the key for it. */
export type ServerAddress = { server: string; key: string };

const usual = "http://127.0.0.1:3000";

/**
 * Finds the server and the key: what was given, otherwise what the environment says. No message repeats the key, nor an
 * address that could hold a password.
 * @throws CommandFailed wrongUsage
 */
export function readServer(
  given: { server: string | undefined; key: string | undefined },
  settings: () => { MUSTER_URL?: string | undefined; MUSTER_API_KEY?: string | undefined },
): ServerAddress {
  const { MUSTER_URL, MUSTER_API_KEY } = readOr(settings);
  return { server: readAddress(given.server ?? MUSTER_URL ?? usual), key: readKey(given.key ?? MUSTER_API_KEY) };
}

function readOr<T>(settings: () => T): T {
  try {
    return settings();
  } catch (error) {
    throw wrong((error as Error).message);
  }
}

function readAddress(text: string): string {
  if (!URL.canParse(text)) throw wrong(`--server takes an address such as ${usual}`);
  const url = new URL(text);
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw wrong(`--server takes an address such as ${usual}, that begins with http:// or https://`);
  }
  if (url.username !== "" || url.password !== "") throw wrong("--server takes no name and password; give an API key");
  return `${url.origin}${url.pathname.replace(/(?<!\/)\/+$/, "")}`;
}

function readKey(key: string | undefined): string {
  if (key === undefined || key === "") {
    throw wrong("There is no API key: set MUSTER_API_KEY, or give --api-key. Agents make keys at POST /v1/api-keys");
  }
  if (!/^[\x21-\x7e]+$/.test(key)) throw wrong("The API key holds characters that no key has; is it whole?");
  return key;
}

function wrong(sentence: string): CommandFailed {
  return new CommandFailed(exitCodes.wrongUsage, sentence);
}
