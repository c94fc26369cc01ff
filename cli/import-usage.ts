import { type FileOperation, fileOperationNames, operations } from "../contract/operations.ts";

/** What a row of a file needs, by operation. */
const needs: Record<FileOperation, string> = {
  createUsers: "a username and a display name, or first and last name",
  updateUsers: "a user, and fields: a blank cell leaves a field, (clear) empties it",
  changePermissions: "a user, and a permission",
  changeLicenses: "a user, and licenses to add or to remove",
  resetPasswords: "a user, and a password where you choose it",
  deleteUsers: "a user",
  restoreUsers: "a deleted user, and a new username where the former is taken",
  removeUsers: "a deleted user, and the display name as confirmation; nothing brings them back",
};

const operationLines = fileOperationNames
  .map((name) => `  ${operations[name].slug.padEnd(21)} ${needs[name]}`)
  .join("\n");

/** What `import --help` prints; `program` is how the command was started. */
export function importUsage(program: string): string {
  return `Sends a spreadsheet to a Muster that serves, shows the plan, and applies it where told.

Usage: ${program} import FILE --customer WHO --operation WHAT [options]
       ${program} import FILE --many-customers --operation WHAT [options]
       ${program} import FILE --batch ID [--apply] [--wait]      goes on with a batch that was planned before

FILE is a CSV file or an Excel workbook (.xlsx), or - for what comes on standard input. It is streamed, however large it is.

  --customer WHO        the customer: its id, its exact name or one of its domains
  --many-customers      instead: each row goes to the batch of its own customer, whom a column for the customer names, else
                        the domain of the username; rows of a customer who is unknown, or for whom you may not do it,
                        are refused, and the others go on. bundles and batches go on with such a file
  --operation WHAT      what to do with the rows, see below
  --apply               carries out the plan, and stays until the batch has ended
  --wait                stays also where somebody else is to apply the plan, or where it starts later
  --start-at TIME       with --apply: starts then, such as 2026-05-01T20:00:00+02:00
  --confirm N           with --apply: the number of users that the plan deletes, blocks, resets or takes licenses from
  --batch ID            the batch of an earlier import of FILE, instead of sending it again
  --plan-version N      with --batch and --apply: applies this version of the plan or none

What can be done, and what a row needs; a user is told by username or by object ID:
${operationLines}

How the file is meant; beyond create-users only --domain, --mapping and --sheet count:
  --usage-location CC   country for rows without their own, such as NL
  --skus LIST           licenses for rows without their own: SPE_E3,POWER_BI_PRO
  --domain NAME         puts every address on this domain of the customer's
  --upn-pattern PATTERN builds usernames that are missing, such as {givenName}.{surname}
  --mapping MAPPING     header → field as JSON, or a file of it: '{"Nom complet":"displayName","Notes":null}'
  --sheet NAME          sheet of the workbook to read; otherwise the one that looks most like users
  --on-existing HOW     skip (unless told) or update
  --on-deleted HOW      ask (unless told), restore or create

Where to:
  --server ADDRESS      address of the Muster, otherwise MUSTER_URL, that of the last login, or http://127.0.0.1:3000
  --api-key KEY         otherwise MUSTER_API_KEY or what login kept, which is better: others can see a command line

  --json                prints one JSON object at the end, and how it goes on the other stream (stderr)
  --help                prints this

Rows that failed or ended in part are written beside FILE, as people.failed.csv for people.xlsx, to mend and send
again. Of a file for many customers the outcomes of all rows are written, in its own order, as people.results.csv.
A file that is there is never written over; the new one gets a number.

Exit codes:
    0   all rows succeeded or are unchanged; without --apply: the plan has no problem
    1   rows failed, ended in part, were cancelled or refused; without --apply: the plan has such rows or too few seats
    2   the command is wrong
    3   the server refused the file or a request
    4   the server cannot be reached, broke off, or is no Muster
    5   the plan awaits the approval of another agent, and is carried out once it is there
  130   interrupted: the batch goes on at the server

A request that broke off is sent again under the same Idempotency-Key, so nothing is ever made twice.
`;
}
