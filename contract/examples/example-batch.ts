import type { Batch } from "../batch.ts";
import { exampleIds } from "./example-ids.ts";

const { customerId, batchId: id, agentId } = exampleIds;

/** A small batch that has ended: one row invalid, one user made without the license that was asked for. */
export const exampleBatch: Batch = {
  id,
  no: 1042,
  customerId,
  customerName: "Fabrikam",
  operation: "createUsers",
  source: "upload",
  fileName: "people.csv",
  person: null,
  encoding: "UTF-8",
  delimiter: ",",
  sheets: null,
  header: ["User name", "First name", "Last name", "Usage location", "Licenses"],
  columns: ["userPrincipalName", "givenName", "surname", "usageLocation", "licenses"],
  unknownColumns: [],
  options: { onExisting: "skip", onDeleted: "ask" },
  notes: [],
  sameFileAs: null,
  state: "finished",
  stopped: null,
  planVersion: 1,
  totals: { rows: 4, pending: 0, succeeded: 2, unchanged: 0, partial: 1, failed: 1, cancelled: 0 },
  plan: { create: 3, update: 0, unchanged: 0, restore: 0, conflict: 0, invalid: 1, delete: 0, reset: 0, remove: 0 },
  seats: [{ skuId: "05e9a617-0261-4cee-bb44-138d3ef5d965", skuPartNumber: "SPE_E3", needed: 3, free: 2 }],
  brake: { users: 0, admins: 0, of: null, needs: null, why: null },
  approval: null,
  createdBy: "Kim Larsen",
  createdById: agentId,
  createdAt: "2026-05-04T07:15:02.310Z",
  startAt: null,
  startedAt: "2026-05-04T07:15:31.004Z",
  finishedAt: "2026-05-04T07:15:31.041Z",
  rowsPerSecond: 81.1,
  etaSeconds: null,
  links: {
    self: `/v1/batches/${id}`,
    rows: `/v1/batches/${id}/rows`,
    causes: `/v1/batches/${id}/causes`,
    results: `/v1/batches/${id}/results.csv`,
    failed: `/v1/batches/${id}/failed.csv`,
    customer: `/v1/customers/${customerId}`,
  },
};
