import type { RouteName } from "../../contract/routes.ts";
import type { Call } from "./call.ts";

/** What the log says of the requests that make a batch or move it; a batch of one user says so by its request alone. */
const batchActs: Partial<Record<RouteName, string>> = {
  createUpload: "batch created",
  createBatch: "batch created",
  undoBatch: "batch created",
  applyBatch: "batch applied",
  approveBatch: "batch approved",
  refuseBatch: "batch refused",
  pauseBatch: "batch paused",
  resumeBatch: "batch resumed",
  cancelBatch: "batch cancelled",
  retryBatch: "batch retried",
};

/** The same of files for many customers. */
const bundleActs: Partial<Record<RouteName, string>> = {
  createBundle: "bundle created",
  applyBundle: "bundle applied",
  approveBundle: "bundle approved",
  refuseBundle: "bundle refused",
  resumeBundle: "bundle resumed",
};

/** Logs that the batch or file `id` was made or moved, by whom and by which request. */
export function logAct(
  name: RouteName,
  { api, res, caller, params, body, options }: Call<RouteName>,
  id: string,
): void {
  const message = batchActs[name] ?? bundleActs[name];
  if (message === undefined) return;
  const { requestId } = res.locals as { requestId?: string };
  const { customerId } = (params ?? {}) as { customerId?: string };
  // A file says in its options that it is to be applied at once, and rows in the body.
  const { operation, apply } = { ...(options as unknown as object), ...(body as unknown as object) } as Told;
  const about = name in bundleActs ? { bundleId: id } : { batchId: id };
  api.context.log.info({ requestId, actor: caller?.actor.id, customerId, ...about, operation, apply }, message);
}

type Told = { operation?: string; apply?: boolean };
