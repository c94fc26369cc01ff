/** What a command that measures or tries something did not reach, and what it left out because this machine lacks what that needs. */
type Gaps = { missed: readonly string[]; leftOut: readonly string[]; allowSkips: boolean };

/** Tells of each of them, and gives the exit code: 0 only where nothing was missed, and nothing left out unless that is allowed. */
export function tellGaps(
  { missed, leftOut, allowSkips }: Gaps,
  tell: (line: string) => void = (line) => void process.stderr.write(line),
): 0 | 1 {
  for (const what of missed) tell(`missed: ${what}\n`);
  for (const what of leftOut) tell(`left out: ${what}\n`);
  const short = leftOut.length > 0 && !allowSkips;
  if (short) tell("Something was left out, so that this ends with 1; --allow-skips lets it be.\n");
  return missed.length > 0 || short ? 1 : 0;
}
