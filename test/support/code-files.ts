import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const notOurs = new Set(["node_modules", "dist", "test", "docs"]);

/** The files of our own code below `root`, as paths from there; neither tests nor what is built. */
export async function codeFiles(root: string): Promise<string[]> {
  const entries = await readdir(root, { withFileTypes: true });
  const folders = entries.filter(
    (entry) => entry.isDirectory() && !entry.name.startsWith(".") && !notOurs.has(entry.name),
  );
  const inFolders = await Promise.all(
    folders.map(async ({ name }) =>
      (await readdir(join(root, name), { recursive: true })).map((file) => `${name}/${file}`),
    ),
  );
  const files = [...entries.filter((entry) => entry.isFile()).map(({ name }) => name), ...inFolders.flat()];
  return files.filter((file) => /\.tsx?$/.test(file)).toSorted();
}

/** The files of our own code below `root` whose text is one that `is` is true of, but for those in the folder `home`. */
export async function codeFilesThat(root: string, is: (text: string) => boolean, home?: string): Promise<string[]> {
  const files = (await codeFiles(root)).filter((file) => home === undefined || !file.startsWith(home));
  const found = await Promise.all(files.map(async (file) => is(await readFile(join(root, file), "utf8"))));
  return files.filter((_, at) => found[at]);
}
