import { type BatchState, batchStates } from "../../contract/batch.ts";
import { type CauseCode, causeCodes } from "../../contract/codes.ts";
import { type Operation, operationNames } from "../../contract/operations.ts";
import { startOfDay } from "../kit/local-moment.ts";
import { one, searchOf, text } from "../kit/search-params.ts";

const failureChoices = ["yes", "no"] as const;

/** The filters of a list of batches, as they stand in its address; days are days where the agent is. */
export type BatchSearch = {
  q?: string | undefined;
  state?: BatchState | undefined;
  operation?: Operation | undefined;
  customer?: string | undefined;
  who?: string | undefined;
  since?: string | undefined;
  until?: string | undefined;
  failures?: (typeof failureChoices)[number] | undefined;
  code?: CauseCode | undefined;
  refused?: "yes" | undefined;
};

/** Reads the filters of a list of batches from its address. */
export const readBatchSearch: (search: Record<string, unknown>) => BatchSearch = searchOf({
  q: text,
  state: one(batchStates),
  operation: one(operationNames),
  customer: text,
  who: text,
  since: text,
  until: text,
  failures: one(failureChoices),
  code: one(causeCodes),
  refused: one(["yes"]),
});

/** The same filters as the api takes them. `customerId` is that of the page, and wins over the filter. */
export function batchFilter(search: BatchSearch, customerId?: string) {
  const { q = "", state, operation, customer, who: agentId, since, until, failures, code, refused } = search;
  return {
    q,
    state,
    operation,
    customerId: customerId ?? customer,
    agentId,
    since: startOfDay(since),
    until: startOfDay(until, 1),
    hasFailures: failures === undefined ? undefined : failures === "yes" ? ("true" as const) : ("false" as const),
    code,
    refused: refused === "yes" ? ("true" as const) : undefined,
  };
}

/** Batches as the api is asked for them; `bundleId` is that of a file for many customers. */
export type BatchListFilter = Partial<ReturnType<typeof batchFilter>> & { bundleId?: string };
