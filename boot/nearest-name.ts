/** The one of `known` that differs from `name` by the fewest letters, where these are no more than `most`. */
export function nearestName(name: string, known: readonly string[], most: number): string | null {
  const [nearest] = known
    .map((one) => ({ one, letters: differingLetters(name, one) }))
    .toSorted((a, b) => a.letters - b.letters);
  return nearest !== undefined && nearest.letters <= most ? nearest.one : null;
}

/** How many letters have to be put in, left out or changed to make one of the other. */
function differingLetters(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const changed = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
