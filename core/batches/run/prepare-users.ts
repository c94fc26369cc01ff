import { newId } from "../../../db/new-id.ts";
import type { NewUser } from "../work-rows/add-chunk.ts";
import type { CoreContext } from "../../context.ts";
import { makePasswords } from "../../secrets/make-passwords.ts";
import { rowOwner, userOwner } from "../../secrets/secrets.ts";
import type { LoadedChunk } from "./hold-chunk.ts";

/**
 * Makes what creating the users of a chunk takes: ids and sealed passwords. All of it happens before the transaction
 * opens, so that no lock waits for a cipher.
 */
export function prepareUsers({ secrets }: CoreContext, batchId: string, chunk: LoadedChunk): NewUser[] {
  // In the order of the rows, as those of a millisecond are in none: indexes by user then grow at their end.
  const ids = chunk.creating.map(() => newId()).sort();
  const given = new Map(chunk.given.map(({ rowNo, sealed }) => [rowNo, sealed]));
  const made = makePasswords(chunk.creating.filter((rowNo) => !given.has(rowNo)).length).values();
  const passwords = chunk.creating.map((rowNo) => {
    const sealed = given.get(rowNo);
    return sealed === undefined ? next(made) : secrets.open(Buffer.from(sealed, "hex"), rowOwner(batchId, rowNo));
  });
  const seals = secrets.sealAll(
    passwords,
    ids.map((id) => userOwner(chunk.customerId, id)),
  );
  return chunk.creating.map((rowNo, at) => ({ rowNo, id: ids[at]!, sealed: seals[at]! }));
}

function next(passwords: Iterator<string>): string {
  const password = passwords.next();
  if (password.done === true) throw new Error("fewer passwords were made than users");
  return password.value;
}
