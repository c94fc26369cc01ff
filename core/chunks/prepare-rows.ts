import { newId } from "../../db/new-id.ts";
import type { CoreContext } from "../context.ts";
import { readInput } from "../inputs/read-input.ts";
import type { WorkRow } from "../operations/outcome.ts";
import { makePasswords } from "../secrets/make-passwords.ts";
import { rowOwner, userOwner } from "../secrets/secrets.ts";
import type { Reading } from "../spreadsheets/row-input.ts";
import type { LoadedChunk, LoadedRow } from "./load-chunk.ts";

/**
 * Reads the rows of a chunk again and makes what creating users takes: ids and sealed passwords. All of it happens
 * before the transaction opens, so that no lock waits for a cipher.
 */
export function prepareRows(context: CoreContext, batchId: string, chunk: LoadedChunk, reading: Reading): WorkRow[] {
  const work = chunk.rows.map((row): WorkRow => {
    const sealed = row.sealed === null ? null : Buffer.from(row.sealed, "hex");
    const input = readInput({ rowNo: row.rowNo, cells: row.cells, sealed }, reading);
    const { rowNo, plan, step, code, userId, userVersion } = row;
    return { rowNo, plan, step, code, userId, userVersion, input };
  });
  const creating = work.filter((row) => row.plan === "create" && row.step === null && row.input.problem === null);
  const ids = creating.map(() => newId());
  const seals = context.secrets.sealAll(
    choosePasswords(context, batchId, creating, chunk.rows),
    ids.map((id) => userOwner(chunk.customerId, id)),
  );
  creating.forEach((row, at) => {
    const [id, seal] = [ids[at], seals[at]];
    if (id !== undefined && seal !== undefined) row.input = { ...row.input, newId: id, sealedPassword: seal };
  });
  return work;
}

/** The file's own password where it brings one, else a made one. */
function choosePasswords(context: CoreContext, batchId: string, creating: WorkRow[], rows: LoadedRow[]): string[] {
  const given = new Map(rows.flatMap(({ rowNo, sealed }) => (sealed === null ? [] : [[rowNo, sealed] as const])));
  const made = makePasswords(creating.length - given.size > 0 ? creating.length : 0);
  return creating.map((row, at) => {
    const sealed = given.get(row.rowNo);
    if (sealed !== undefined) return context.secrets.open(Buffer.from(sealed, "hex"), rowOwner(batchId, row.rowNo));
    return made[at] ?? makePasswords(1)[0] ?? "";
  });
}
