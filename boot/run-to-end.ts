/** A queue that is out of reach leaves timers behind, which must not keep a process that has closed everything else. */
const lingerMs = 2_000;

/**
 * Makes `act` all that this process does. An error of it ends the process with 1, and is one sentence for a person, which names
 * the `databaseSetting` where it is of the database.
 */
export function runToEnd(act: () => Promise<void>, databaseSetting: () => string): void {
  // A promise that nobody keeps would let Node end with 0, as if the command had done its work.
  let over = false;
  process.once("exit", () => {
    if (!over) process.exitCode ||= 1;
  });
  act()
    .catch(async (error: unknown) => {
      // What a program needs to know is in the log.
      process.stderr.write(`${await startSentence(error, databaseSetting)}\n`);
      process.exitCode = 1;
    })
    .finally(() => {
      over = true;
      setTimeout(() => process.exit(), lingerMs).unref();
    });
}

async function startSentence(error: unknown, databaseSetting: () => string): Promise<string> {
  const { asFault, SqlFault } = await import("../db/faults.ts");
  const fault = asFault(error);
  if (!(fault instanceof SqlFault)) return error instanceof Error ? error.message : "Muster could not start.";
  const { faultProblem } = await import("../db/connection-problem.ts");
  return faultProblem(fault, databaseSetting()).message;
}
