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

/** `word` as a shell takes it for one word. */
export function quoted(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  return `'${word.replaceAll("'", "'\\''")}'`;
}
