import type { Actor } from "../actor.ts";
import type { CoreContext } from "../context.ts";

/** The customers whose records an actor may read: all there are, and what belongs to none, or these. */
export type Readable = "all" | readonly string[];

/**
 * The customers that `actor` may read, for lists over many of them: by a grant at each (users, rows of batches), or as one of
 * the partner's own records, of which Admin agents read all (the audit). Every such list asks here.
 * At present every agent is an Admin agent with every grant, so each reads everything.
 */
export async function readableCustomers(
  _context: CoreContext,
  _actor: Actor,
  _by: "grant" | "partner",
): Promise<Readable> {
  return "all";
}
