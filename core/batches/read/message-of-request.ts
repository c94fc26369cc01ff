/** The message of a row's cause as who asked for one user is told it: without the row and the column, which a request has not. */
export function messageOfRequest(message: string): string {
  return message.replace(/^Row \d+(?:, column "[^"]*")?: /, "");
}
