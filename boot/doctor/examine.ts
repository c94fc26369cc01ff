import { examineDatabase } from "./examine-database.ts";
import { examineEmbedded } from "./examine-embedded.ts";
import { examineKey } from "./examine-key.ts";
import { examineMail } from "./examine-mail.ts";
import { examineRedis } from "./examine-redis.ts";
import { examineRoom } from "./examine-room.ts";
import { type Finding, sentenceOf, warning, well, wrong } from "./finding.ts";

/** What the doctor is told of the settings; the readers throw one sentence that names the setting. */
export type Examined = {
  settings: () => {
    DATABASE_URL?: string | undefined;
    DATABASE_OWNER_URL?: string | undefined;
    REDIS_URL?: string | undefined;
    MUSTER_DATA_DIR: string;
    MUSTER_SECRET_KEY?: string | undefined;
    MUSTER_SECRET_KEY_PREVIOUS?: string | undefined;
    WORKER_CONCURRENCY: number;
    MUSTER_SMTP_URL?: string | undefined;
  };
  /** How many connections to Postgres `serve` may open under these settings. */
  needed: (settings: { REDIS_URL?: string | undefined; WORKER_CONCURRENCY: number }) => Promise<number>;
  /** A sentence for each name that looks like a setting and is none. */
  unknown: () => string[];
  version: string;
};

/** Looks at all that this Muster stands on and changes nothing but a data directory that is missing. */
export async function examine({ settings: read, needed, unknown, version }: Examined): Promise<Finding[]> {
  const program = well("program", `Muster ${version} on Node ${process.versions.node}.`);
  let settings: ReturnType<Examined["settings"]>;
  try {
    settings = read();
  } catch (error) {
    return [program, wrong("settings", sentenceOf(error))];
  }
  const { DATABASE_URL: url, DATABASE_OWNER_URL: ownerUrl, REDIS_URL: redisUrl, MUSTER_DATA_DIR: dataDir } = settings;
  const { MUSTER_SECRET_KEY: key, MUSTER_SECRET_KEY_PREVIOUS: previous = null, MUSTER_SMTP_URL: mailServer } = settings;
  const strange = unknown();
  const database = url === undefined ? [] : await examineDatabase(url, "DATABASE_URL");
  const usable = database.some(({ check, state }) => check === "schema" && state === "well");
  return [
    program,
    strange.length === 0
      ? well("settings", "All settings can be read.")
      : warning("settings", strange.join(" "), "Correct the names, or take them away."),
    ...database,
    ...(url === undefined || !usable ? [] : [await examineRoom(url, await needed(settings))]),
    ...(url === undefined || key === undefined || !usable ? [] : [await examineKey(url, key, previous)]),
    ...(ownerUrl === undefined ? [] : await examineDatabase(ownerUrl, "DATABASE_OWNER_URL")),
    ...(redisUrl === undefined ? [] : await examineRedis(redisUrl)),
    ...(url === undefined ? await examineEmbedded(dataDir, key) : []),
    ...(mailServer === undefined ? [] : [await examineMail(mailServer)]),
  ];
}
