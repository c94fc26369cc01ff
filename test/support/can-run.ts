/** Whether tests can run here: `there`. Where they cannot, one line says what they need and which command runs them. */
export function canRun(there: boolean, needs: string, command: string): boolean {
  if (!there) console.warn(`Skipped: it needs ${needs}. To run it: ${command}`);
  return there;
}
