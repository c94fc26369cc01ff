import { asFault, SqlFault } from "./faults.ts";

/** Connections, and the shutdown and the start of Postgres. */
const awayStates = /^(08|57P)/;
/** No room on the disk, no connection left. Of memory and of bounds of its own a single statement may have too little. */
const fullStates = /^(53000|53100|53300)$/;

// The client of Redis and our own limits of time give no code.
const silence = /^(Connection is closed|Command timed out|Socket timeout|Stream isn't writeable)/;
/** What Redis says before all else where it takes nothing. */
const refusals = /^(OOM|MISCONF|READONLY) /;

/** Whether `error` is of a store that is out of reach or takes nothing: what needs it waits, and is done when it is back. */
export function isStoreAway(error: unknown): boolean {
  return isStoreFull(error) || awayStates.test(stateOf(error)) || silence.test(messageOf(error));
}

/** Whether the store is there, and takes nothing for want of room, of connections or of time. */
export function isStoreFull(error: unknown): boolean {
  const isLate = error instanceof Error && error.name === "OutOfTime";
  return isLate || fullStates.test(stateOf(error)) || refusals.test(messageOf(error));
}

function stateOf(error: unknown): string {
  const fault = asFault(error);
  return fault instanceof SqlFault ? fault.sqlstate : "";
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "";
}
