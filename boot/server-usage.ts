import { type CommandProcess, programOf } from "../cli/command-process.ts";

/** What the server's program does, under the name by which it was started. */
export function serverUsage(started: Pick<CommandProcess, "argv" | "cwd">): string {
  return `Usage: ${programOf(started)} COMMAND

  serve     api and workers in one process
  api       the api and the pages; any number of them
  worker    carries out the jobs; any number of them
  migrate   brings the database to the newest schema
  import    sends a spreadsheet to a Muster that serves; so do batches, users, keys and login, and --help tells how
  doctor    looks at settings, connections, schema, clock and disk; --json for programs
  backup    writes the embedded database into FILE, also while Muster runs
  restore   makes the embedded database anew from FILE; --replace where there is one, --keep-webhooks to leave those on
  demo      serve, with a sample customer and 500 people provisioned
  version   tells which Muster this is

All settings come from the environment; docs/operations.md lists them.
`;
}
