import { finished } from "node:stream/promises";
import type { Tx } from "../../db/in-transaction.ts";

/** Lines on their way into a table, with its columns; made beforehand, so that Postgres need not wait for Node to write them. */
export type CopyPiece = { into: string; lines: Buffer };

/** Copies the lines into their table. */
export async function copyPiece(tx: Tx, { into, lines }: CopyPiece): Promise<void> {
  const copy = tx.copyIn(`copy ${into} from stdin`);
  copy.end(lines);
  await finished(copy);
}
