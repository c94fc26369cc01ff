import type { RowPlan, RowState, RowStep } from "../../contract/batch.ts";
import type { Cause, CauseCode } from "../../contract/codes.ts";
import type { Tx } from "../../db/in-transaction.ts";
import type { LicenseInput } from "../spreadsheets/row-input.ts";
import type { Actor } from "../actor.ts";

/** A pending row as its chunk finds it: what was planned, how far an earlier run came, and what it asks for now. */
export type WorkRow = {
  rowNo: number;
  plan: RowPlan;
  /** The step at which an earlier run stopped; the next run goes on there. */
  step: RowStep | null;
  /** `seat_shortage` where the plan found no seat for the row; the license step is then not tried. */
  code: CauseCode | null;
  userId: string | null;
  userVersion: number | null;
  userPrincipalName: string;
  licenses: LicenseInput[];
  /** The id that the user gets where the row makes one. */
  newId: string | null;
};

/** How one row of a chunk ended; `cause` tells why it is partial or failed. */
export type Outcome = {
  rowNo: number;
  state: Exclude<RowState, "pending" | "cancelled">;
  step: RowStep | null;
  cause: Cause | null;
  userId: string | null;
};

/** One chunk's work: the batch it belongs to and its pending rows, in row order; their inputs lie in `input_rows`. */
export type Work = {
  batchId: string;
  customerId: string;
  actor: Actor;
  rows: WorkRow[];
  passwordExpiresAt: Date;
  /** Seats are locked before they are looked at: an earlier try of this work saw them go to somebody else. */
  seatsFirst: boolean;
  /** Seats, by product, that the operation has given and leaves to be counted at the end of the transaction. */
  seatsToTake: Map<string, number>;
  signal: AbortSignal;
  /** Tells how far the chunk is. */
  onStep: (step: RowStep) => void;
};

/**
 * An operation: decides and carries out each row of `work` in a few statements on `tx`. A row that cannot be done is an
 * outcome with its cause, never an exception, and never touches its neighbours.
 */
export type Operate = (tx: Tx, work: Work) => Promise<Outcome[]>;
