import type { Batch } from "../contract/batch.ts";

/** The command that goes on with a batch, ready for a shell: never with the key. */
export function nextCommand(
  program: string,
  order: { file: string; server: string },
  batchId: string,
  more: string[],
): string {
  return [program, ...["import", order.file, "--server", order.server, "--batch", batchId, ...more].map(quoted)].join(
    " ",
  );
}

/** The command by which somebody goes on with a batch that waits for them; an approval is for the plan that was looked at. */
export function ownCommand(
  program: string,
  act: "approve" | "resume",
  { no, planVersion }: Pick<Batch, "no" | "planVersion">,
): string {
  const more = act === "approve" ? ["--plan-version", String(planVersion)] : [];
  return [program, "batches", act, String(no), ...more].join(" ");
}

/** `word` as a shell takes it for one word. */
export function quoted(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  return `'${word.replaceAll("'", "'\\''")}'`;
}
