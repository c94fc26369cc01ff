import type { RowStep } from "../../contract/batch.ts";
import { quoteValue, type Cause } from "../../contract/codes.ts";
import { findOutdated } from "../inputs/find-outdated.ts";
import type { Tx } from "../../db/in-transaction.ts";
import { assignLicenses } from "../licenses/assign-licenses.ts";
import { shortageCause, type LicenseWish } from "../licenses/choose-grants.ts";
import { changeRoles, changeUsers } from "../users/change-users.ts";
import { holdNames } from "../users/hold-names.ts";
import { insertUsers } from "../users/insert-users.ts";
import { lockUsers, matchNames, matchUsers, type Match } from "../users/match-users.ts";
import type { Operate, Outcome, Work, WorkRow } from "./outcome.ts";

/** What became of a row before its licenses: it is settled, or it has a user who may still want licenses. */
type Stand =
  | { kind: "settled"; outcome: Outcome }
  | { kind: "placed"; userId: string; fresh: boolean; changed: boolean };

/**
 * Creates the users of the rows, with password, roles and licenses; brings users who exist to what their rows ask for
 * where the plan says `update`, and restores deleted ones where it says `restore`. Rows whose user is in the wanted
 * state already end `unchanged`, so that a second run of the same rows changes nothing.
 *
 * Causes: user_gone, changed_meanwhile, upn_taken, domain_unverified, sku_unknown, seat_shortage.
 */
export const createUsers: Operate = async (tx, work) => {
  const stands = new Map<number, Stand>();
  const outdated = await findOutdated(tx, work.customerId);
  for (const row of work.rows) {
    const cause = row.step === null ? outdated.get(row.rowNo) : undefined;
    if (cause !== undefined) stands.set(row.rowNo, settled(failed(row, null, cause)));
  }
  const open = () => work.rows.filter((row) => !stands.has(row.rowNo));
  const held = await holdRows(tx, work, open());
  resumeRows(
    held,
    open().filter((row) => row.step !== null),
    stands,
  );
  await checkUnchanged(
    tx,
    open().filter((row) => row.plan === "unchanged"),
    stands,
  );
  await changeExisting(tx, work, held, open().filter(changes), stands);
  work.signal.throwIfAborted();
  work.onStep("create");
  await createNew(tx, work, open(), stands);
  work.signal.throwIfAborted();
  work.onStep("licenses");
  return await licenseRows(tx, work, stands);
};

function changes(row: WorkRow): boolean {
  return row.plan === "update" || row.plan === "restore";
}

/** Takes the locks that the rows need before the first write, in the order that all keep, and gives the users they are about. */
async function holdRows(tx: Tx, work: Work, rows: WorkRow[]): Promise<Map<number, Match>> {
  const creating = rows.some((row) => row.plan === "create" && row.step === null);
  const changing = rows.some((row) => row.plan === "update" && row.step === null);
  const restoring = rows.some((row) => row.plan === "restore" && row.step === null);
  if (creating || restoring) await holdNames(tx, work.customerId, restoring || changing ? "alone" : "together");
  // In one statement: of two that each lock in order, the second breaks the order of the first.
  const existing = rows.filter((row) => row.step !== null || changes(row));
  return existing.length === 0 ? new Map<number, Match>() : await lockUsers(tx, targets(existing));
}

/** Rows that an earlier run took as far as their licenses: the user is there, and only the licenses are left. */
function resumeRows(held: Map<number, Match>, rows: WorkRow[], stands: Map<number, Stand>): void {
  for (const row of rows) {
    const match = held.get(row.rowNo);
    stands.set(
      row.rowNo,
      match === undefined || match.deleted
        ? settled(failed(row, row.step, goneCause(row)))
        : { kind: "placed", userId: match.userId, fresh: false, changed: false },
    );
  }
}

async function checkUnchanged(tx: Tx, rows: WorkRow[], stands: Map<number, Stand>): Promise<void> {
  if (rows.length === 0) return;
  const matches = await matchUsers(tx, targets(rows));
  for (const row of rows) {
    const match = matches.get(row.rowNo);
    stands.set(row.rowNo, settled(existingOutcome(row, match) ?? failed(row, "create", movedCause(row))));
  }
}

/** Ends a row whose user is gone or in the wanted state already; undefined where there is something to do. */
function existingOutcome(row: WorkRow, match: Match | undefined): Outcome | undefined {
  if (match === undefined || match.deleted) return failed(row, "create", goneCause(row));
  if (match.same) return { rowNo: row.rowNo, state: "unchanged", step: null, cause: null, userId: match.userId };
  return undefined;
}

async function changeExisting(
  tx: Tx,
  work: Work,
  held: Map<number, Match>,
  rows: WorkRow[],
  stands: Map<number, Stand>,
): Promise<void> {
  if (rows.length === 0) return;
  work.onStep("update");
  const restores = rows.filter((row) => row.plan === "restore" && held.get(row.rowNo)?.deleted === true);
  const taken =
    restores.length === 0
      ? new Map<number, Match>()
      : await matchNames(
          tx,
          restores.map((row) => row.rowNo),
        );
  const going: { rowNo: number; userId: string }[] = [];
  for (const row of rows) {
    const match = held.get(row.rowNo);
    const restoring = row.plan === "restore" && match?.deleted === true;
    const ended = restoring ? undefined : existingOutcome(row, match);
    if (ended !== undefined || match === undefined) {
      stands.set(row.rowNo, settled(ended ?? failed(row, "create", goneCause(row))));
    } else if (match.version !== row.userVersion) {
      stands.set(row.rowNo, settled(failed(row, "update", movedCause(row))));
    } else if (taken.has(row.rowNo)) {
      stands.set(row.rowNo, settled(failed(row, "update", takenCause(row))));
    } else {
      going.push({ rowNo: row.rowNo, userId: match.userId });
      // Of a user who differs in licenses alone, nothing is changed yet.
      const changed = restoring || !match.sameFields;
      stands.set(row.rowNo, { kind: "placed", userId: match.userId, fresh: false, changed });
    }
  }
  if (going.length === 0) return;
  await changeUsers(tx, work, going);
  await changeRoles(tx, work, going);
}

async function createNew(tx: Tx, work: Work, rows: WorkRow[], stands: Map<number, Stand>): Promise<void> {
  if (rows.length === 0) return;
  const made = await insertUsers(
    tx,
    work,
    rows.map((row) => row.rowNo),
  );
  const left = rows.filter((row) => !made.has(row.rowNo));
  const matches =
    left.length === 0
      ? new Map<number, Match>()
      : await matchNames(
          tx,
          left.map((row) => row.rowNo),
        );
  for (const row of rows) {
    if (made.has(row.rowNo) && row.newId !== null) {
      stands.set(row.rowNo, { kind: "placed", userId: row.newId, fresh: true, changed: true });
      continue;
    }
    stands.set(row.rowNo, settled(metOutcome(row, matches.get(row.rowNo), work.customerId)));
  }
}

/** Ends a row whose name went to a user after the plan was made: the very person it asks for, or another one. */
function metOutcome(row: WorkRow, match: Match | undefined, customerId: string): Outcome {
  if (match === undefined || match.customerId !== customerId || !match.sameFields) {
    return failed(row, "create", takenCause(row));
  }
  return existingOutcome(row, match) ?? failed(row, "create", movedCause(row));
}

async function licenseRows(tx: Tx, work: Work, stands: Map<number, Stand>): Promise<Outcome[]> {
  const wishes: LicenseWish[] = [];
  for (const row of work.rows) {
    const stand = stands.get(row.rowNo);
    if (stand?.kind !== "placed" || row.licenses.length === 0 || row.code === "seat_shortage") continue;
    wishes.push({ rowNo: row.rowNo, userId: stand.userId, fresh: stand.fresh, licenses: row.licenses });
  }
  const { refused, changed } =
    wishes.length === 0
      ? { refused: new Map<number, Cause>(), changed: new Set<number>() }
      : await assignLicenses(tx, work, wishes);
  return work.rows.map((row) => {
    const stand = stands.get(row.rowNo);
    if (stand === undefined) throw new Error("a row was left without an outcome");
    if (stand.kind === "settled") return stand.outcome;
    const shortMark = row.code === "seat_shortage" && row.licenses.length > 0;
    const cause = refused.get(row.rowNo) ?? (shortMark ? plannedShortage(row) : null);
    const { userId } = stand;
    if (cause !== null) {
      // A user made by an earlier run of this row is work done, as much as a user made now.
      const done = stand.changed || row.step !== null;
      return { rowNo: row.rowNo, state: done ? "partial" : "failed", step: "licenses", cause, userId };
    }
    const did = stand.changed || changed.has(row.rowNo) || row.step !== null;
    return { rowNo: row.rowNo, state: did ? "succeeded" : "unchanged", step: null, cause: null, userId };
  });
}

function plannedShortage(row: WorkRow): Cause {
  return shortageCause(row.rowNo, row.licenses.map((license) => license.skuPartNumber).join(" + "));
}

function targets(rows: WorkRow[]): { rowNo: number; userId: string }[] {
  return rows.flatMap(({ rowNo, userId }) => (userId === null ? [] : [{ rowNo, userId }]));
}

function settled(outcome: Outcome): Stand {
  return { kind: "settled", outcome };
}

function failed(row: WorkRow, step: RowStep | null, cause: Cause): Outcome {
  return { rowNo: row.rowNo, state: "failed", step, cause, userId: row.userId };
}

function goneCause(row: WorkRow): Cause {
  return nameCause(row, "user_gone", "was deleted after the plan was made. Retry the row to plan it again.");
}

function movedCause(row: WorkRow): Cause {
  return nameCause(
    row,
    "changed_meanwhile",
    "was changed by someone else after the plan was made. Retry the row to plan it again.",
  );
}

function takenCause(row: WorkRow): Cause {
  return nameCause(row, "upn_taken", "was given to another user after the plan was made. Choose another name.");
}

function nameCause(row: WorkRow, code: Cause["code"], what: string): Cause {
  const name = quoteValue(row.userPrincipalName);
  return { code, field: "userPrincipalName", message: `Row ${row.rowNo}: ${name} ${what}` };
}
