import type { Cause } from "../../../../contract/codes.ts";
import type { Tx } from "../../../../db/in-transaction.ts";
import type { WorkRow } from "../../work-rows/add-chunk.ts";
import { dropWorkRows } from "../../work-rows/work-table.ts";
import { assignLicenses } from "../../../directory/licenses/assign-licenses.ts";
import { nameShortages } from "../../../directory/licenses/name-shortages.ts";
import { changeRoles, changeUsers } from "../../../directory/users/change-users.ts";
import { holdNames } from "../../../directory/users/hold-names.ts";
import { insertUsers, type TakenName } from "../../../directory/users/insert-users.ts";
import { lockUsers, matchNames, matchUsers, type Match } from "../../../directory/users/match-users.ts";
import { endedMeanwhile, failRows, unchanged } from "./endings.ts";
import type { Operate, Outcome, Work } from "../../work-rows/outcome.ts";

/**
 * Creates the users of the rows, with password, roles and licenses; brings users who exist to what their rows ask for
 * where the plan says `update`, and restores deleted ones where it says `restore`. Rows whose user is in the wanted
 * state already end `unchanged`, so that a second run of the same rows changes nothing.
 *
 * Causes: user_gone, changed_meanwhile, upn_taken, domain_unverified, sku_unknown, seat_shortage.
 */
export const createUsers: Operate = async (tx, work) => {
  const ended = new Map(failRows(work, null, work.outdated).map((outcome) => [outcome.rowNo, outcome]));
  await dropWorkRows(tx, [...ended.keys()]);
  const changed = await changeExisting(tx, work, await holdUsers(tx, work), ended);
  work.signal.throwIfAborted();
  // With checks first, some users may not come to be, and that is known before their licenses are given.
  await createNew(tx, work, ended);
  const outcomes = await licenseRows(tx, work, ended, changed);
  return [...ended.values(), ...outcomes];
};

/** Takes the locks that the rows need before the first write, in the order that all keep, and gives the users they are about. */
async function holdUsers(tx: Tx, work: Work): Promise<Map<number, Match>> {
  const planned = (plan: WorkRow["plan"]) => work.otherRows.some((row) => row.plan === plan && row.step === null);
  const restoring = planned("restore");
  const alone = restoring || planned("update");
  const creating = work.hasNewUsers || work.otherRows.some((row) => row.newUser);
  const [, , held] = await tx.together(
    async () => {
      if (creating || restoring) await holdNames(tx, work.customerId, alone ? "alone" : "together");
    },
    // In one statement: of two that each lock in order, the second breaks the order of the first.
    async () => {
      if (work.otherRows.some((row) => !row.newUser)) await lockUsers(tx);
    },
    async () => (work.otherRows.some((row) => !row.newUser) ? await matchUsers(tx) : new Map<number, Match>()),
  );
  return held;
}

/**
 * Brings users who exist to what their rows ask for, but for the licenses, and gives the rows that changed one. Rows that
 * have come to their end are put into `ended`.
 */
async function changeExisting(
  tx: Tx,
  work: Work,
  held: ReadonlyMap<number, Match>,
  ended: Map<number, Outcome>,
): Promise<Set<number>> {
  const changed = new Set<number>();
  const rows = work.otherRows.filter((row) => !row.newUser && !ended.has(row.rowNo));
  const taken = await takenNames(tx, held, rows);
  const going: number[] = [];
  for (const row of rows) {
    const match = held.get(row.rowNo);
    const outcome = endOfExisting(row, match, taken.has(row.rowNo));
    if (outcome !== undefined) ended.set(row.rowNo, outcome);
    else if (row.step === null) {
      going.push(row.rowNo);
      // Of a user who differs in licenses alone, nothing is changed yet.
      if (match?.deleted === true || match?.sameFields === false) changed.add(row.rowNo);
    }
  }
  await dropWorkRows(tx, [...ended.keys()]);
  if (going.length === 0) return changed;
  work.onStep("update");
  await tx.together(
    () => changeUsers(tx, work, going),
    () => changeRoles(tx, work, going),
  );
  return changed;
}

/** Of the rows that restore a user, those whose name belongs to another user by now. */
async function takenNames(
  tx: Tx,
  held: ReadonlyMap<number, Match>,
  rows: readonly WorkRow[],
): Promise<ReadonlyMap<number, Match>> {
  const restores = rows.filter((row) => row.plan === "restore" && held.get(row.rowNo)?.deleted === true);
  if (restores.length === 0) return new Map();
  return await matchNames(
    tx,
    restores.map((row) => row.rowNo),
  );
}

/** How a row ends whose user can or need not be changed; undefined where there is something to do. */
function endOfExisting(row: WorkRow, match: Match | undefined, nameTaken: boolean): Outcome | undefined {
  const restoring = row.plan === "restore" && row.step === null;
  if (match === undefined || (match.deleted && !restoring)) {
    return endedMeanwhile(row, row.step ?? "create", "gone");
  }
  // An earlier run took the row as far as its licenses, and only those are left.
  if (row.step !== null) return undefined;
  if (match.same && !match.deleted) return unchanged(row.rowNo, match.userId);
  if (row.plan === "unchanged") return endedMeanwhile(row, "create", "moved");
  if (match.version !== row.userVersion) return endedMeanwhile(row, "update", "moved");
  if (nameTaken) return endedMeanwhile(row, "update", "taken");
  return undefined;
}

/** Makes the new users. Rows whose name went to somebody else after the plan was made are put into `ended`. */
async function createNew(tx: Tx, work: Work, ended: Map<number, Outcome>): Promise<void> {
  if (!work.hasNewUsers && !work.otherRows.some((row) => row.newUser)) return;
  work.onStep("create");
  const taken = await insertUsers(tx, work);
  if (taken.length === 0) return;
  const rowNos = taken.map((row) => row.rowNo);
  const matches = await matchNames(tx, rowNos);
  for (const row of taken) ended.set(row.rowNo, metOutcome(row, matches.get(row.rowNo), work.customerId));
  await dropWorkRows(tx, rowNos);
}

/** Ends a row whose name was taken: by the very person that it asks for, or by another one. */
function metOutcome(row: TakenName, match: Match | undefined, customerId: string): Outcome {
  if (match?.customerId === customerId && match.same) return unchanged(row.rowNo, match.userId);
  const same = match?.customerId === customerId && match.sameFields;
  return endedMeanwhile({ ...row, userId: null }, "create", same ? "moved" : "taken");
}

/** Assigns the licenses, and gives the outcomes of those rows that did not simply succeed. */
async function licenseRows(
  tx: Tx,
  work: Work,
  ended: ReadonlyMap<number, Outcome>,
  changed: ReadonlySet<number>,
): Promise<Outcome[]> {
  work.onStep("licenses");
  const open = work.otherRows.filter((row) => !ended.has(row.rowNo));
  const [{ refused, changed: licensed }, withoutSeat] = await tx.together(
    () => assignLicenses(tx, work),
    async () => (open.some((row) => row.noSeat) ? await nameShortages(tx, work.customerId) : new Map<number, Cause>()),
  );
  const outcomes: Outcome[] = [];
  const otherNos = new Set(open.map((row) => row.rowNo));
  for (const row of open) {
    // A user made by an earlier run of this row is work done, as much as a user made now.
    const done = row.newUser || changed.has(row.rowNo) || row.step !== null;
    const cause = refused.get(row.rowNo) ?? withoutSeat.get(row.rowNo);
    if (cause !== undefined) outcomes.push(partial(row.rowNo, done, cause));
    else if (!done && !licensed.has(row.rowNo)) {
      outcomes.push({ rowNo: row.rowNo, state: "unchanged", step: null, cause: null });
    }
  }
  for (const [rowNo, cause] of refused) if (!otherNos.has(rowNo)) outcomes.push(partial(rowNo, true, cause));
  return outcomes;
}

function partial(rowNo: number, done: boolean, cause: Cause): Outcome {
  return { rowNo, state: done ? "partial" : "failed", step: "licenses", cause };
}
