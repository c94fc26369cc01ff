import { roleStanding } from "../../db/app-role.ts";
import { assertServerVersion } from "../../db/assert-server-version.ts";
import { readClock } from "../../db/read-clock.ts";
import { schemaStanding } from "../../db/migrate.ts";
import { type Finding, sentenceOf, warning, well, wrong } from "./finding.ts";

const clockWarningSeconds = 2;
const clockWrongSeconds = 60;

/** Settings that lead to a database. */
type DatabaseSetting = "DATABASE_URL" | "DATABASE_OWNER_URL" | "MUSTER_DATA_DIR";

/** Looks at the database at `url`, the value of `setting`: whether it lets in, its version, schema, role and clock. */
export async function examineDatabase(url: string, setting: DatabaseSetting): Promise<Finding[]> {
  try {
    const version = await assertServerVersion(url, setting);
    const { name, superuser } = await roleStanding(url);
    return [
      well("database", `${setting} leads to a Postgres ${version} that answers, as the role ${name}.`),
      await examineSchema(url),
      // The owner's role migrates, and may be one.
      ...(superuser && setting !== "DATABASE_OWNER_URL" ? [superuserFound(name)] : []),
      judgeClock(await readClock(url)),
    ];
  } catch (error) {
    return [wrong("database", sentenceOf(error, setting))];
  }
}

async function examineSchema(url: string): Promise<Finding> {
  const { missing, newer } = await schemaStanding(url);
  if (newer > 0) {
    return wrong(
      "schema",
      `The database is newer than this Muster, by ${newer} of its migrations.`,
      "Start the newer version, or restore the backup from before it.",
    );
  }
  if (missing === 0) return well("schema", "The database is on the newest schema.");
  return warning(
    "schema",
    `${missing} ${missing === 1 ? "migration has" : "migrations have"} not run yet.`,
    "Run `migrate`, or start a process of the owner.",
  );
}

function superuserFound(name: string): Finding {
  return warning(
    "role",
    `${name} is a superuser, who can switch off what keeps the audit append-only.`,
    "Let the processes work as an ordinary role; docs/operations.md says how.",
  );
}

/** What it means that the clock of the database is so many seconds `ahead` of ours. */
export function judgeClock(ahead: number): Finding {
  const seconds = Math.abs(ahead);
  const told = `The clocks of this machine and of the database differ by ${seconds.toFixed(1)} s.`;
  const todo = "Let both machines take their time from the same source, by NTP.";
  if (seconds >= clockWrongSeconds) return wrong("clock", told, todo);
  return seconds >= clockWarningSeconds ? warning("clock", told, todo) : well("clock", told);
}
