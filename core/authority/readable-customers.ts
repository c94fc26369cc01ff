import type { Actor } from "../actor.ts";
import type { CoreContext } from "../context.ts";

/** The customers whose records an actor may read: all there are, and what belongs to none, or these. */
export type Readable = "all" | readonly string[];

/**
 * The customers that `actor` may read, for lists over many of them. Every such list asks here.
 * At present every agent is an Admin agent, who reads everything.
 */
export async function readableCustomers(_context: CoreContext, _actor: Actor): Promise<Readable> {
  return "all";
}
