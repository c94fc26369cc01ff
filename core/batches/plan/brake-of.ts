import type { BatchState } from "../../../contract/batch.ts";
import { type PlanBrake, type BrakeLimits, type Hits, usualLimits } from "../../../contract/brakes.ts";
import type { Operation } from "../../../contract/operations.ts";
import type { KeptApproval, KeptRetry } from "../../../db/schema/batches.ts";
import { noHits } from "./count-hits.ts";

/** A question for a second agent's yes, without the rows of a retry, which may be many. */
export type ReadApproval = Omit<KeptApproval, "retry"> & { retry?: Omit<KeptRetry, "selection"> };

/** What decides whether a plan may start by itself. */
export type BrakedPlan = {
  operation: Operation;
  state: BatchState;
  planVersion: number;
  hits: Hits;
  approval: ReadApproval | null;
  /** Those that count at the customer; null: the usual ones. */
  limits: BrakeLimits | null;
  /** Looser ones wait for another Admin agent. */
  looserAsked: boolean;
  /** Of the file for many customers that the plan is a part of; null where it is of none, or hits nobody. */
  ofFile: FileHits | null;
};

/** What the plans of one file hit together, at how many customers, and the limits for all, which count for that. */
export type FileHits = { users: number; customers: number; limits: BrakeLimits | null };

type Limited = Pick<BrakedPlan, "operation" | "hits" | "limits" | "looserAsked" | "ofFile">;

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

/**
 * Tells what a plan hits and what it needs before it starts, which is nothing where it has started or is scheduled. A yes has that
 * happen in its own moment, so that a plan which is ready has none.
 */
export function brakeOf(braked: BrakedPlan): PlanBrake {
  const { state, hits, approval } = braked;
  const free = { ...hits, needs: null, why: null };
  if (!unstarted.includes(state)) return free;
  if (state === "awaiting_approval" && approval?.retry !== undefined) {
    return { ...approval.hits, needs: "approval", why: approval.why };
  }
  const over = overLimits(braked, "plan");
  if (over !== null) return { ...hits, needs: "approval", why: over };
  return numbered(braked, "plan");
}

/** Rows that hit several users start once their number is named, unless there is no limit. */
function numbered(braked: Limited, what: "plan" | "retry"): PlanBrake {
  const { hits } = braked;
  const limits = braked.limits ?? usualLimits;
  if (hits.users < 2 || (limits.users === null && limits.percent === null)) return { ...hits, needs: null, why: null };
  return { ...hits, needs: "confirmation", why: `The ${what} ${said(braked)}.` };
}

/** What the rows of a retry hit, and what that needs; `why` is why they need the yes of a second agent. */
export function retryBrakeOf(braked: BrakedPlan, why: string | null): PlanBrake {
  const { hits } = braked;
  if (why !== null) return { ...hits, needs: "approval", why };
  return hits.users > approvedHits(braked).users ? numbered(braked, "retry") : { ...hits, needs: null, why };
}

/** A question about a plan and its start. Where the plan was asked about with another start, its version is a new one: a yes names it. */
export function questionAbout(
  { planVersion, hits, approval }: BrakedPlan,
  why: string,
  start: Date | null,
): Pick<KeptApproval, "planVersion" | "why" | "hits" | "startAt"> {
  const startAt = start?.toISOString() ?? null;
  const another = approval?.planVersion === planVersion && approval.startAt !== startAt;
  return { planVersion: planVersion + (another ? 1 : 0), why, hits, startAt };
}

/**
 * Why the rows that a retry has planned anew need the yes of a second agent, in a sentence; null where they stay within the
 * limits, or hit no more users than `approved`, and those that no yes was about, `untried`, are within the limits by themselves.
 * Rows can be changed once they have failed, so that a plan of one user becomes one of many.
 */
export function overApproved(
  braked: BrakedPlan,
  approved: Pick<Hits, "users" | "admins">,
  untried = noHits,
): string | null {
  const { hits } = braked;
  const covered = hits.users <= approved.users && hits.admins <= approved.admins;
  if (covered && overLimits({ ...braked, hits: untried }, "retry") === null) return null;
  return overLimits(braked, "retry");
}

/**
 * What a second agent has approved of all rows of a batch. A yes to a retry was about its rows alone, and is used up by it; that
 * to the plan counts on after it.
 */
export function approvedHits({ approval }: Pick<BrakedPlan, "approval">): Pick<Hits, "users" | "admins"> {
  const none = { users: 0, admins: 0 };
  if (approval?.retry !== undefined) return approval.retry.approved ?? none;
  return approval?.decision?.approved === true ? approval.hits : none;
}

/** Why rows that hit so many users need the yes of a second agent, in words; null where they do not. */
function overLimits(braked: Limited, what: "plan" | "retry"): string | null {
  const why = beyond(braked, what);
  return why === null || !braked.looserAsked ? why : `${why} ${looserWait}`;
}

const looserWait = "Looser limits have been asked for, and count once another Admin agent agrees.";

function beyond(braked: Limited, what: "plan" | "retry"): string | null {
  const { users, admins, of } = braked.hits;
  const limits = braked.limits ?? usualLimits;
  if (limits.users !== null && users > limits.users) {
    return `The ${what} ${said(braked)}; more than ${inWords(limits.users)} need the yes of a second agent.`;
  }
  // One user alone is no share of a customer: whoever leaves a company of five is a fifth of it.
  if (limits.percent !== null && users > 1 && users * 100 > limits.percent * (of ?? users)) {
    return `The ${what} ${said(braked)}; more than ${limits.percent} % need the yes of a second agent.`;
  }
  const file = users === 0 ? null : fileOver(braked);
  if (file !== null) return `The ${what} ${said(braked)}. ${file}`;
  if (!limits.admins || admins === 0) return null;
  const who =
    admins === 1 ? "a user who holds or gets an admin role" : `${inWords(admins)} users who hold or get admin roles`;
  return `The ${what} touches ${who}, which needs the yes of a second agent.`;
}

/**
 * Why plans of a file need the yes of a second agent for what they hit together, in a sentence; null where they do not. Without the
 * sum: who reads it may see one customer of many.
 */
export function fileOver({ operation, ofFile }: Pick<Limited, "operation" | "ofFile">): string | null {
  const most = (ofFile?.limits ?? usualLimits).users;
  if (ofFile === null || ofFile.customers < 2 || most === null || ofFile.users <= most) return null;
  return `The whole file ${verbOf(operation)} more than ${inWords(most)} ${most === 1 ? "user" : "users"}, which needs the yes of a second agent.`;
}

function verbOf(operation: Operation): string {
  return verbs[operation] ?? "hits";
}

function said({ operation, hits: { users, of } }: Limited): string {
  const share = of === null || of === 0 ? "" : ` of the customer's ${inWords(of)} (${inWords((users / of) * 100)} %)`;
  return `${verbOf(operation)} ${inWords(users)} ${users === 1 ? "user" : "users"}${share}`;
}

function inWords(amount: number): string {
  return amount.toLocaleString("en", { maximumFractionDigits: 1 });
}
