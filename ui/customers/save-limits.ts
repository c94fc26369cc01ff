import type { CustomerBrakesWish } from "../../contract/brakes.ts";
import { callRoute } from "../client/call-route.ts";

/** Saves limits of plans, of a customer or, with null, for all, or agrees to those that were asked for. */
export async function saveLimits(customerId: string | null, wish: CustomerBrakesWish): Promise<void> {
  const { limits, agree } = wish;
  if (customerId !== null) await callRoute("changeCustomerBrakes", { params: { customerId }, body: wish });
  else if (limits !== null) await callRoute("changeBrakes", { body: { ...limits, agree } });
}
