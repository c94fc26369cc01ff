import type { RestoreWishes } from "./run-backup.ts";

const optionsOf = { backup: [], restore: ["--replace", "--keep-webhooks"] } as const;

const sentences = {
  backup: "backup takes one file.",
  restore: "restore takes one file, and may be given --replace and --keep-webhooks.",
};

/** What the words behind `backup` or `restore` ask for, or the sentence that says what they may be. */
export function readBackupWords(
  command: keyof typeof optionsOf,
  words: readonly string[],
): { file: string; wishes: RestoreWishes } | string {
  const options: readonly string[] = optionsOf[command];
  const [file, ...more] = words.filter((word) => !options.includes(word));
  if (file === undefined || more.length > 0 || file.startsWith("-")) return sentences[command];
  return { file, wishes: { replace: words.includes("--replace"), keepWebhooks: words.includes("--keep-webhooks") } };
}
