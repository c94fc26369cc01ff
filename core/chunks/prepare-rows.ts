import { newId } from "../../db/new-id.ts";
import type { CoreContext } from "../context.ts";
import type { NewUser } from "../inputs/keep-inputs.ts";
import type { WorkRow } from "../operations/outcome.ts";
import { makePasswords } from "../secrets/make-passwords.ts";
import { rowOwner, userOwner } from "../secrets/secrets.ts";
import type { LoadedChunk, LoadedRow } from "./load-chunk.ts";

/**
 * Makes what creating the users of a chunk takes: ids and sealed passwords. All of it happens before the transaction
 * opens, so that no lock waits for a cipher.
 */
export function prepareRows(
  context: CoreContext,
  batchId: string,
  chunk: LoadedChunk,
): { rows: WorkRow[]; newUsers: NewUser[] } {
  const creating = chunk.rows.filter((row) => row.plan === "create" && row.step === null);
  const ids = creating.map(() => newId());
  const seals = context.secrets.sealAll(
    choosePasswords(context, batchId, creating),
    ids.map((id) => userOwner(chunk.customerId, id)),
  );
  const newUsers = creating.flatMap(({ rowNo }, at) => {
    const [id, sealed] = [ids[at], seals[at]];
    return id === undefined || sealed === undefined ? [] : [{ rowNo, id, sealed }];
  });
  const idOf = new Map(newUsers.map(({ rowNo, id }) => [rowNo, id]));
  const rows = chunk.rows.map(({ sealed: _sealed, ...row }) => ({ ...row, newId: idOf.get(row.rowNo) ?? null }));
  return { rows, newUsers };
}

/** The file's own password where it brings one, else a made one. */
function choosePasswords(context: CoreContext, batchId: string, creating: LoadedRow[]): string[] {
  const made = makePasswords(creating.filter((row) => row.sealed === null).length).values();
  return creating.map(({ rowNo, sealed }) => {
    if (sealed !== null) return context.secrets.open(Buffer.from(sealed, "hex"), rowOwner(batchId, rowNo));
    const next = made.next();
    if (next.done === true) throw new Error("fewer passwords were made than users");
    return next.value;
  });
}
