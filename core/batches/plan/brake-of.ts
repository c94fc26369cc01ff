import type { BatchState } from "../../../contract/batch.ts";
import { type PlanBrake, type BrakeLimits, type Hits, usualLimits } from "../../../contract/brakes.ts";
import type { Operation } from "../../../contract/operations.ts";
import type { KeptApproval } from "../../../db/schema/batches.ts";

/** What decides whether a plan may start by itself. */
export type BrakedPlan = {
  operation: Operation;
  state: BatchState;
  planVersion: number;
  hits: Hits;
  approval: KeptApproval | null;
  /** Those that count at the customer; null: the usual ones. */
  limits: BrakeLimits | null;
};

const unstarted: readonly BatchState[] = ["staging", "ready", "awaiting_approval"];

const verbs: Partial<Record<Operation, string>> = {
  createUsers: "blocks the sign-in of",
  updateUsers: "blocks the sign-in of",
  changeLicenses: "takes licenses from",
  resetPasswords: "resets the passwords of",
  deleteUsers: "deletes",
  removeUsers: "removes for good",
  undoBatch: "deletes, blocks or takes licenses from",
};

/** Tells what a plan hits and what it needs before it starts, which is nothing where it was approved or has started. */
export function brakeOf(braked: BrakedPlan): PlanBrake {
  const { state, hits, approval, planVersion } = braked;
  const free = { ...hits, needs: null, why: null };
  if (!unstarted.includes(state)) return free;
  if (approval?.decision?.approved === true && approval.planVersion === planVersion) return free;
  const over = overLimits(braked);
  if (over !== null) return { ...hits, needs: "approval", why: over };
  const limits = braked.limits ?? usualLimits;
  if (hits.users < 2 || (limits.users === null && limits.percent === null)) return free;
  return { ...hits, needs: "confirmation", why: `The plan ${said(braked)}.` };
}

/** Why rows that hit so many users need the yes of a second agent, in a sentence; null where they do not. */
export function overLimits(braked: Pick<BrakedPlan, "operation" | "hits" | "limits">): string | null {
  const { users, admins, of } = braked.hits;
  const limits = braked.limits ?? usualLimits;
  if (limits.users !== null && users > limits.users) {
    return `The plan ${said(braked)}; more than ${inWords(limits.users)} need the yes of a second agent.`;
  }
  // One user alone is no share of a customer: whoever leaves a company of five is a fifth of it.
  if (limits.percent !== null && users > 1 && users * 100 > limits.percent * (of ?? users)) {
    return `The plan ${said(braked)}; more than ${limits.percent} % need the yes of a second agent.`;
  }
  if (!limits.admins || admins === 0) return null;
  const who = admins === 1 ? "a user who holds an admin role" : `${admins} users who hold admin roles`;
  return `The plan touches ${who}, which needs the yes of a second agent.`;
}

function said({ operation, hits: { users, of } }: Pick<BrakedPlan, "operation" | "hits">): string {
  const share = of === null || of === 0 ? "" : ` of the customer's ${inWords(of)} (${inWords((users / of) * 100)} %)`;
  return `${verbs[operation] ?? "hits"} ${inWords(users)} users${share}`;
}

function inWords(amount: number): string {
  return amount.toLocaleString("en", { maximumFractionDigits: 1 });
}
