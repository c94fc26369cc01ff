import { access, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { findBinaries } from "../../db/embedded/binaries.ts";
import { APP_ROLE } from "../../db/embedded/init-data.ts";
import { runningUrl } from "../../db/embedded/running-url.ts";
import { examineDatabase } from "./examine-database.ts";
import { examineDisk } from "./examine-disk.ts";
import { type Finding, well, wrong } from "./finding.ts";

/** The disk of the embedded database, and its Postgres where that runs: a doctor starts none, and looks at the files of one that rests. */
export async function examineEmbedded(dataDir: string, key: string | undefined): Promise<Finding[]> {
  const folder = resolve(dataDir);
  const disk = await examineDisk(folder);
  const url = await runningUrl(dataDir, APP_ROLE);
  if (url !== null) return [disk, ...(await examineDatabase(url, "MUSTER_DATA_DIR"))];
  try {
    const version = await readFile(join(folder, "postgres", "PG_VERSION"), "utf8");
    return [disk, await examineVersion(version.trim()), ...(key === undefined ? await examineKeyFile(folder) : [])];
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === "EACCES" ? "does not run, and its files are not this account's" : "is not there yet";
    return [disk, well("database", `The embedded database ${why}, so that nothing was asked of it.`)];
  }
}

async function examineVersion(version: string): Promise<Finding> {
  const ours = String(Number.parseInt((await findBinaries()).version, 10));
  if (version !== ours) {
    const told = `The embedded database is of Postgres ${version}, and this Muster has ${ours}.`;
    return wrong("database", told, "Take the Muster that made it.");
  }
  const told = `The embedded database, of Postgres ${version}, does not run now, so that its schema and its key were not looked at.`;
  return well("database", told);
}

/** A start without the key would make another one, under which nothing that was sealed opens. */
async function examineKeyFile(folder: string): Promise<Finding[]> {
  const file = join(folder, "secret.key");
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  if (isThere) return [];
  return [
    wrong(
      "key",
      `The file ${file} is not there, and what the embedded database keeps sealed opens with it only.`,
      "Put it back, or set MUSTER_SECRET_KEY to what it held. Where Muster has never run here, its first start makes it.",
    ),
  ];
}
