import type { RowState, RowStep } from "../../../contract/batch.ts";
import type { Cause } from "../../../contract/codes.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import type { Who } from "../../actor.ts";
import type { WorkRow } from "./add-chunk.ts";
import type { Secrets } from "../../secrets/secrets.ts";

/** How one row of a chunk ended; `cause` tells why it is partial or failed. */
export type Outcome = {
  rowNo: number;
  state: Exclude<RowState, "pending" | "cancelled">;
  step: RowStep | null;
  cause: Cause | null;
  /** Undefined where it is the user of the row in the work table. */
  userId?: string | null;
};

/** One chunk's work: the batch it belongs to and its pending rows, which lie in the work table. */
export type Work = {
  batchId: string;
  customerId: string;
  /** Who has the rows carried out, for the audit. */
  actor: Pick<Who, "id" | "name">;
  /** The rows that are not about a new user who gets all the row asks for, in row order. */
  otherRows: WorkRow[];
  /** There are also rows that make a user with all they ask for; they are in the work table alone. */
  hasNewUsers: boolean;
  /** The rows that ask for what the customer has no more, with the cause. */
  outdated: ReadonlyMap<number, Cause>;
  passwordExpiresAt: Date;
  /** The time by the clock of this process. */
  now: Date;
  restorableSince: Date;
  secrets: Secrets;
  /** Passwords that the file brought, sealed for their rows, in hexadecimal. */
  given: readonly { rowNo: number; sealed: string }[];
  /**
   * An earlier try of this work met names or seats that somebody else took meanwhile. This one looks before it takes:
   * slower, and sure to end.
   */
  checksFirst: boolean;
  /** Seats, by product, that the operation has given, or freed where negative, and leaves to be counted at the end. */
  seatsToTake: Map<string, number>;
  signal: AbortSignal;
  /** Tells how far the chunk is. */
  onStep: (step: RowStep) => void;
};

/**
 * An operation: decides and carries out each row of `work` in a few statements on `tx`, and gives the outcomes of those
 * rows that did not simply succeed. A row that cannot be done is an outcome with its cause, never an exception, and
 * never touches its neighbours.
 */
export type Operate = (tx: Tx, work: Work) => Promise<Outcome[]>;
