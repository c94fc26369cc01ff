/** A step of a walk: commands for bash, and what the page shows as their answer; null where it shows none. */
export type WalkStep = { commands: string; answer: string | null };

const fence = /^```(\w*)\n([^]*?)^```$/gm;

/**
 * The steps under the headings `sections` of a Markdown page: each block of `sh`, with the block without a language that
 * follows it before the next.
 */
export function walkSteps(page: string, sections: readonly string[]): WalkStep[] {
  const steps: WalkStep[] = [];
  const parts = page.split(/^## /m).filter((part) => sections.some((title) => part.startsWith(`${title}\n`)));
  for (const [, language, text = ""] of parts.join("").matchAll(fence)) {
    if (language === "sh") steps.push({ commands: text, answer: null });
    const last = steps.at(-1);
    if (language === "" && last !== undefined) last.answer = text;
  }
  return steps;
}

/**
 * The first of the shown answers that is not among those `given`, or null where all are, in their order. An answer is a line;
 * a shown one goes on in the lines that begin with a blank. Blanks do not count, and `…` stands for anything.
 */
export function missingAnswer(shown: string, given: string): string | null {
  const lines = given.split("\n").map(withoutBlanks);
  let from = 0;
  for (const answer of shown.trimEnd().split(/\n(?=\S)/)) {
    const parts = answer.split("…").map(withoutBlanks);
    const at = lines.findIndex((line, no) => no >= from && isLike(line, parts));
    if (at === -1) return answer;
    from = at + 1;
  }
  return null;
}

/** Whether `line` begins with the first part, ends with the last, and has the others between, in their order. */
function isLike(line: string, parts: readonly string[]): boolean {
  const [first = "", ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return line === first;
  if (!line.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = line.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return line.length - last.length >= at && line.endsWith(last);
}

/** A byte order mark counts as a blank. */
function withoutBlanks(text: string): string {
  return text.replaceAll(/\s/g, "");
}
