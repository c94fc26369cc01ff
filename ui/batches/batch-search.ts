import { type BatchState, batchStates } from "../../contract/batch.ts";
import { type CauseCode, causeCodes } from "../../contract/codes.ts";
import { type Operation, operationNames } from "../../contract/operations.ts";
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
    since: startOfDay(since, 0),
    until: startOfDay(until, 1),
    hasFailures: failures === undefined ? undefined : failures === "yes" ? ("true" as const) : ("false" as const),
    code,
    refused: refused === "yes" ? ("true" as const) : undefined,
  };
}

/** Batches as the api is asked for them. */
export type BatchListFilter = Partial<ReturnType<typeof batchFilter>>;

/** The moment at which `day` begins where the agent is, or a day `after` it; undefined for what is no day. */
function startOfDay(day: string | undefined, after: number): string | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day ?? "");
  if (parts === null) return undefined;
  const [year = 0, month = 0, date = 0] = parts.slice(1).map(Number);
  const start = new Date(year, month - 1, date + after);
  return Number.isNaN(start.getTime()) ? undefined : start.toISOString();
}
