/** A queue that is out of reach leaves timers behind, which must not keep a process that has closed everything else. */
const lingerMs = 2_000;

/** Makes `act` all that this process does. An error of it ends the process with 1, and is one sentence for a person. */
export function runToEnd(act: () => Promise<void>): void {
  // A promise that nobody keeps would let Node end with 0, as if the command had done its work.
  let over = false;
  process.once("exit", () => {
    if (!over) process.exitCode ||= 1;
  });
  act()
    .catch(async (error: unknown) => {
      // What a program needs to know is in the log.
      process.stderr.write(`${await startSentence(error)}\n`);
      process.exitCode = 1;
    })
    .finally(() => {
      over = true;
      setTimeout(() => process.exit(), lingerMs).unref();
    });
}

async function startSentence(error: unknown): Promise<string> {
  const { TransientFault } = await import("../db/faults.ts");
  if (error instanceof TransientFault)
    return `The database cannot be reached or is not ready (${error.message}). Check DATABASE_URL, then start again.`;
  return error instanceof Error ? error.message : "Muster could not start.";
}
