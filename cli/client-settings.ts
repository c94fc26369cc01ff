import { join } from "node:path";

/** The settings of a command that talks to a Muster elsewhere, by name. */
export const clientSettingNames = ["MUSTER_URL", "MUSTER_API_KEY"] as const;

/** What such a command takes from outside; `folder` is where it keeps what it is to remember, null where there is no place. */
export type ClientSettings = { url: string | undefined; key: string | undefined; folder: string | null };

/** Reads them. @throws Error of one sentence that names the setting and what it must be */
export function readClientSettings(environment: NodeJS.ProcessEnv = process.env): ClientSettings {
  // A variable that is set to nothing is not set.
  const given = (name: string) => (environment[name] === "" ? undefined : environment[name]);
  const url = given("MUSTER_URL");
  if (url !== undefined && !(URL.canParse(url) && /^https?:/.test(url))) {
    throw new Error("MUSTER_URL must be an address that begins with http:// or https://.");
  }
  const home = given("HOME");
  const folder =
    given("XDG_CONFIG_HOME") ?? given("APPDATA") ?? (home === undefined ? undefined : join(home, ".config"));
  return { url, key: given("MUSTER_API_KEY"), folder: folder === undefined ? null : join(folder, "muster") };
}
