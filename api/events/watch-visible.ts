import { may } from "../../core/access/authority/may.ts";
import { readableBatches } from "../../core/batches/read/readable-batches.ts";
import type { CoreContext } from "../../core/context.ts";
import type { Caller } from "../http/authenticate.ts";
import { withAuthority } from "../http/with-authority.ts";

const rememberMs = 10_000;
const mostRemembered = 1_000;

/** Whether the caller may hear of a batch now: a grant that ended is noticed within ten seconds, a fault is a no. */
export type Visible = (batchId: string) => boolean | Promise<boolean>;

/** Makes the question for one caller, who may ask it several times a second for each batch that moves. */
export function watchVisible(context: CoreContext, caller: Caller): Visible {
  if (caller.actor.authority.kind === "unrestricted") return () => true;
  const remembered = new Map<string, { at: number; seen: Promise<boolean> }>();
  return (batchId) => {
    const now = performance.now();
    const known = remembered.get(batchId);
    if (known !== undefined && now - known.at < rememberMs) return known.seen;
    if (remembered.size >= mostRemembered) remembered.clear();
    const seen = visibleBatches(context, caller, [batchId]).then(
      (visible) => visible.has(batchId),
      () => false,
    );
    remembered.set(batchId, { at: now, seen });
    return seen;
  };
}

/** Those of the batches that the caller may see now. */
export async function visibleBatches(
  context: CoreContext,
  caller: Caller,
  batchIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const { authority } = (await withAuthority(context, caller, null)).actor;
  return await readableBatches(context, authority, batchIds);
}

/** Whether the caller may see what belongs to no customer: jobs of housekeeping. */
export async function seesPartner(context: CoreContext, caller: Caller): Promise<boolean> {
  return may((await withAuthority(context, caller, null)).actor.authority, "manageCustomer").allowed;
}
