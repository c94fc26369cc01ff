import type { Batch } from "../../contract/batch.ts";
import type { Customer } from "../../contract/customer.ts";
import { type Operation, operationFromSlug, type OperationSlug } from "../../contract/operations.ts";
import { Problem } from "../../contract/problem.ts";
import type { RouteAuthority } from "../../contract/routes/route.ts";
import { mayBegin } from "../../core/access/authority/may.ts";
import type { Act } from "../../core/access/authority/rules.ts";
import { passwordAct } from "../../core/passwords/write-passwords.ts";
import type { Caller } from "./authenticate.ts";

/** What of a request decides about authority: who asks, what the path names, and which operation it speaks of. */
type Asked = {
  caller: Caller | null;
  customer?: Pick<Customer, "id"> | undefined;
  batch?: Pick<Batch, "operation" | "customerId"> | undefined;
  body?: unknown;
  options?: unknown;
};

/**
 * Goes on only where the caller has the authority that a route needs. `lookUp` has asked before whether they may read what
 * the path names.
 * @throws Problem forbidden, which names what is missing
 */
export function requireAuthority(needed: RouteAuthority, asked: Asked): void {
  const { caller, customer, batch } = asked;
  if (needed === "public" || needed === "agentOrMachine") return;
  // Lists hold what each may see, and what is about many customers is asked at each of them.
  if (needed === "anyAgent" || needed === "eachCustomer") return;
  if (caller === null) throw new Error("a route that needs an agent has none");
  if (typeof needed === "string") requireAgent(caller, needed);
  else if (needed.act !== "read") {
    requireAct(caller, actOf(needed.act, asked), customer?.id ?? batch?.customerId ?? null);
  }
}

/** A key that was narrowed neither makes one that is not, nor sees or ends its owner's. */
function requireAgent({ agent, actor: { authority } }: Caller, needed: "namedAgent" | "keyOwner"): void {
  if (agent === null) {
    throw new Problem("forbidden", "Needs an agent, which the token of the environment is not: sign in as one");
  }
  if (needed === "keyOwner" && authority.kind === "agent" && authority.key !== null) {
    throw new Problem("forbidden", "Needs the agent signed in, or an API key that is not narrowed");
  }
}

function requireAct({ actor: { authority } }: Caller, act: Act, customerId: string | null): void {
  if (authority.kind === "agent" && customerId !== null && authority.at?.customerId !== customerId) {
    throw new Error("the authority at hand was loaded for another customer");
  }
  const answer = mayBegin(authority, act);
  if (!answer.allowed) throw new Problem("forbidden", `Needs ${answer.missing}`);
}

type NeededAct = Extract<RouteAuthority, object>["act"];

/** The types of the route table see to it that the request has what each of these words speaks of. */
function actOf(needed: NeededAct, { batch, body, options }: Asked): Act {
  if (needed === "operationOfBatch") return (batch as Batch).operation;
  if (needed === "passwordsOfBatch") return passwordAct((batch as Batch).operation);
  if (needed === "operationOfBody") return (body as { operation: Operation }).operation;
  if (needed === "operationOfOptions") return operationFromSlug((options as { operation: OperationSlug }).operation);
  return needed;
}
