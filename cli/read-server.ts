import type { ClientSettings } from "./client-settings.ts";
import { readKeptKeys } from "./kept-keys.ts";
import { wrongUsage } from "./exit-codes.ts";

/** Where the Muster is, without a slash at the end, and the key for it. */
export type ServerAddress = { server: string; key: string };

const usual = "http://127.0.0.1:3000";

/** What was given on the command line, and what the environment says. */
export type ServerGiven = {
  server: string | undefined;
  key: string | undefined;
  settings: () => Pick<ClientSettings, "url" | "key" | "folder">;
};

/**
 * Finds the server and the key: what was given, otherwise what the environment says, otherwise what `login` kept. No message
 * repeats the key, nor an address that could hold a password.
 * @throws CommandFailed wrongUsage
 */
export function readServer(given: ServerGiven): ServerAddress {
  const settings = readOr(given.settings);
  const server = findServer(given);
  return { server, key: readKey(given.key ?? settings.key ?? readKeptKeys(settings.folder).keys[server]) };
}

/** Finds the server alone, for what needs no key. @throws CommandFailed wrongUsage */
export function findServer({ server, settings }: Omit<ServerGiven, "key">): string {
  const { url, folder } = readOr(settings);
  return readAddress(server ?? url ?? readKeptKeys(folder).latest ?? usual);
}

function readOr<T>(settings: () => T): T {
  try {
    return settings();
  } catch (error) {
    throw wrongUsage((error as Error).message);
  }
}

function readAddress(text: string): string {
  if (!URL.canParse(text)) throw wrongUsage(`--server takes an address such as ${usual}`);
  const url = new URL(text);
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw wrongUsage(`--server takes an address such as ${usual}, that begins with http:// or https://`);
  }
  if (url.username !== "" || url.password !== "")
    throw wrongUsage("--server takes no name and password; give an API key");
  return `${url.origin}${url.pathname.replace(/(?<!\/)\/+$/, "")}`;
}

/** The key, where it can be one. @throws CommandFailed wrongUsage */
export function readKey(key: string | undefined): string {
  if (key === undefined || key === "") {
    throw wrongUsage(
      "There is no API key: set MUSTER_API_KEY, give --api-key, or keep one by login. Agents make keys on the page Settings",
    );
  }
  if (!/^[\x21-\x7e]+$/.test(key)) throw wrongUsage("The API key holds characters that no key has; is it whole?");
  return key;
}
