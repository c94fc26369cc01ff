import { examine, type Examined } from "./examine.ts";
import type { Finding } from "./finding.ts";

/** Prints how all stands, as lines or as JSON, and gives the exit code: 1 where something is wrong, also beside what is well. */
export async function runDoctor(
  examined: Examined,
  { json, print }: { json: boolean; print: (text: string) => void },
): Promise<number> {
  const findings = await examine(examined);
  print(json ? `${JSON.stringify(findings)}\n` : findings.map(lineOf).join(""));
  return findings.some(({ state }) => state === "wrong") ? 1 : 0;
}

function lineOf({ check, state, told, todo }: Finding): string {
  return `${state.padEnd(8)} ${check.padEnd(9)} ${told}\n${todo === null ? "" : `${" ".repeat(19)}${todo}\n`}`;
}
