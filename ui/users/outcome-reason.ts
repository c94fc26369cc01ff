/** Why a row failed, for a list in which each row is a person: without the row and the column. */
export function outcomeReason(message: string | null): string | null {
  if (message === null) return null;
  const said = message.replace(/^Row [\d,.]+(?:, column "[^"]*")?: /, "");
  return said.charAt(0).toUpperCase() + said.slice(1);
}
