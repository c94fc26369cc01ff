import type { Batch } from "../../contract/batch.ts";
import { describeCode } from "../../contract/codes.ts";
import type { Customer } from "../../contract/customer.ts";
import { Problem } from "../../contract/problem.ts";
import { may } from "../../core/access/authority/may.ts";
import { getBatch } from "../../core/batches/read/get-batch.ts";
import type { CoreContext } from "../../core/context.ts";
import { getCustomer, getCustomerFacts } from "../../core/directory/customers/read-customers.ts";
import type { RouteAuthority } from "../../contract/routes/route.ts";
import type { Caller } from "./authenticate.ts";
import { withAuthority } from "./with-authority.ts";

/** What a path names, and the caller with what they may do there. */
type Found = { caller: Caller; customer?: Customer; batch?: Batch };

/**
 * Finds the customer or the batch of a path where `needed` says that it names one, so that no handler has to ask whether
 * it is there, and what the caller may do with it.
 * @throws Problem not_found where there is nothing or the caller may not read it
 */
export async function lookUp(
  context: CoreContext,
  caller: Caller,
  needed: RouteAuthority,
  params: { customerId?: unknown; batchId?: unknown } | undefined,
): Promise<Found> {
  const at = typeof needed === "string" ? "partner" : needed.at;
  // An id may be given in capitals; an authority is compared with it as it is kept.
  const customerId =
    at === "customer" || at === "customerRecord" ? String(params?.customerId).toLowerCase() : undefined;
  const batch = at === "batch" ? await getBatch(context, String(params?.batchId)) : undefined;
  if (batch === null) throw missing();
  const place = customerId ?? batch?.customerId ?? null;
  // Rows are read by what the customer has.
  const makesRows = typeof needed !== "string" && needed.at === "customer" && needed.act !== "read";
  const lookAt = makesRows ? getCustomerFacts : getCustomer;
  const [customer, entitled] = await Promise.all([
    customerId === undefined ? undefined : lookAt(context, customerId),
    withAuthority(context, caller, place),
  ]);
  if (customer === null) throw missing();
  const { authority } = entitled.actor;
  const seen = may(authority, "read").allowed || (at === "customerRecord" && may(authority, "manageCustomer").allowed);
  if (place !== null && !seen) throw missing();
  return { caller: entitled, ...(customer && { customer }), ...(batch && { batch }) };
}

/** The 404 that does not tell whether the thing exists. */
export function missing(): Problem {
  return new Problem("not_found", describeCode("not_found").title);
}
