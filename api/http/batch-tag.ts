import { createHash } from "node:crypto";
import type { Batch } from "../../contract/batch.ts";

/**
 * The entity tag of a batch as it is: the plan's version, which `entityVersion` reads out of it, and a hash that moves with
 * everything else, such as progress.
 */
export function batchTag(batch: Batch): string {
  const hash = createHash("sha256").update(JSON.stringify(batch)).digest("base64url").slice(0, 16);
  return `"${batch.planVersion}.${hash}"`;
}
