import { spawn, spawnSync } from "node:child_process";
import { canRun } from "./can-run.ts";

/** Whether Prometheus' own judge of metrics and rules is here. */
export const hasPromtool = canRun(
  spawnSync("promtool", ["--version"]).error === undefined,
  "promtool, of Debian's package prometheus",
  "apt-get install --no-install-recommends prometheus, then npx vitest run test/monitor",
);

/** Runs promtool and gives its exit code with all it says. */
export async function promtool(args: string[], input = ""): Promise<{ code: number | null; said: string }> {
  const child = spawn("promtool", args, { stdio: ["pipe", "pipe", "pipe"] });
  const pieces: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece: Buffer) => pieces.push(piece));
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve) => void child.once("close", resolve));
  return { code, said: Buffer.concat(pieces).toString("utf8") };
}
