import { markdownTable } from "./markdown-table.ts";
import { batchTransitions, chunkTransitions, type Transition } from "../../core/batches/state/transitions.ts";

type Transitions = Record<string, Transition<string>>;

/** One arrow of a drawing; `from` is null where something begins. */
type Arrow = { name: string; from: string | null; to: string };

/** The arrows of a table of transitions. */
export function arrowsOf(transitions: Transitions): Arrow[] {
  return Object.entries(transitions).flatMap(([name, { from, to, toWithoutPending }]) => {
    const ends = toWithoutPending === undefined ? [to] : [to, toWithoutPending];
    return (from.length === 0 ? [null] : from).flatMap((one) => ends.map((end) => ({ name, from: one, to: end })));
  });
}

/** The text of `docs/states.md`. */
export function drawStates(): string {
  return `# The states of batches and chunks

Made from \`core/batches/state/transitions.ts\`, which is the one place that says what can happen to a state. After a change
there, \`npx vitest run test/core/states.test.ts -u\` makes this file again.

## Batches

${draw(batchTransitions)}

## Chunks

A chunk is up to 1,000 rows of a batch, the first one up to 200, the work of one job.

${draw(chunkTransitions)}
`;
}

function draw(transitions: Transitions): string {
  const arrows = arrowsOf(transitions).map(({ name, from, to }) => ({ name, way: `${from ?? "[*]"} --> ${to}` }));
  const ways = [...new Set(arrows.map(({ way }) => way))];
  const lines = ways.map((way) => {
    const names = arrows.filter((arrow) => arrow.way === way).map(({ name }) => name);
    return `  ${way}: ${names.join(", ")}`;
  });
  const rows = Object.entries(transitions).map(([name, { from, to, toWithoutPending, when }]) => [
    `\`${name}\``,
    from.length === 0 ? "(new)" : from.join(", "),
    toWithoutPending === undefined ? to : `${to}, or ${toWithoutPending} where no row is pending`,
    when,
  ]);
  return `\`\`\`mermaid
stateDiagram-v2
${lines.join("\n")}
\`\`\`

${markdownTable([["transition", "from", "to", "when"], ...rows])}`;
}
