/** SQL for a list of states, to stand after `in`. */
export function statesSql(states: readonly string[]): string {
  return `(${states.map((state) => `'${state}'`).join(", ")})`;
}
