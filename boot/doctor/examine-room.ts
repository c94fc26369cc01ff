import { checkRoom } from "../../db/check-room.ts";
import { makeLog } from "../../db/log.ts";
import { type Finding, sentenceOf, warning, well, wrong } from "./finding.ts";

/** Looks whether the Postgres at `url` takes the `needed` connections that `serve` may open. */
export async function examineRoom(url: string, needed: number): Promise<Finding> {
  const warnings: string[] = [];
  const write = (line: string) => void warnings.push((JSON.parse(line) as { msg: string }).msg);
  try {
    await checkRoom(url, needed, makeLog("warn", { write }));
  } catch (error) {
    return wrong("room", sentenceOf(error));
  }
  const [tight] = warnings;
  if (tight !== undefined) return warning("room", `${tight}.`, "docs/operations.md says what needs how many.");
  return well("room", `Postgres has the ${needed} connections free that \`serve\` may open.`);
}
