import type { Batch } from "../../contract/batch.ts";
import { describeCode } from "../../contract/codes.ts";
import type { Customer } from "../../contract/customer.ts";
import { Problem } from "../../contract/problem.ts";
import { may } from "../../core/authority/may.ts";
import { getBatch } from "../../core/batches/get-batch.ts";
import type { CoreContext } from "../../core/context.ts";
import { getCustomer } from "../../core/customers/read-customers.ts";
import type { Route } from "../../contract/routes/route.ts";
import type { Caller } from "./authenticate.ts";
import { withAuthority } from "./with-authority.ts";

/**
 * Finds what the path names, so that no handler has to ask whether it is there, and what the caller may do with it.
 * @throws Problem not_found where there is nothing or the caller may not read it
 */
export async function lookUp(
  context: CoreContext,
  caller: Caller | null,
  params: Record<string, unknown> | undefined,
  { partner }: Pick<Route, "partner">,
): Promise<{ caller: Caller | null; customer: Customer | undefined; batch: Batch | undefined }> {
  const { customerId, batchId } = params ?? {};
  const batch = typeof batchId === "string" ? await getBatch(context, batchId) : undefined;
  const customer = typeof customerId === "string" ? await getCustomer(context, customerId) : undefined;
  if (batch === null || customer === null) throw missing();
  const place = customer?.id ?? batch?.customerId ?? null;
  if (caller === null) {
    if (place !== null) throw missing();
    return { caller, customer, batch };
  }
  const entitled = await withAuthority(context, caller, place);
  const { authority } = entitled.actor;
  const seen = may(authority, "read").allowed || (partner === true && may(authority, "manageCustomer").allowed);
  if (place !== null && !seen) throw missing();
  return { caller: entitled, customer, batch };
}

/** The 404 that does not tell whether the thing exists. */
export function missing(): Problem {
  return new Problem("not_found", describeCode("not_found").title);
}
