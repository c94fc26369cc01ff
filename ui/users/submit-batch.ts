import type { RouteInput } from "../../contract/client.ts";
import { callRoute } from "../client/call-route.ts";
import { waitForEnd } from "./wait-for-end.ts";

/**
 * Has something done to users as one batch, waits up to ten seconds for its end, and gives its id.
 * @throws RequestFailed with the problem that the api answered
 */
export async function submitBatch(
  customerId: string,
  body: RouteInput<"createBatch", AbortSignal>["body"],
): Promise<string> {
  const { id } = await callRoute("createBatch", {
    params: { customerId },
    body,
    headers: waitForEnd,
  });
  return id;
}
