import { readFile } from "node:fs/promises";

/** The version of the package, which lies above this folder, and one more above what is built of it. */
export async function readVersion(): Promise<string> {
  const text = await readBeside("../package.json").catch(() => readBeside("../../package.json"));
  return (JSON.parse(text) as { version: string }).version;
}

async function readBeside(place: string): Promise<string> {
  return await readFile(new URL(place, import.meta.url), "utf8");
}
