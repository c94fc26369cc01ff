import type { Request } from "express";
import { unknownActor } from "../../core/actor.ts";
import { recordAct } from "../../core/audit/record-act.ts";
import { inTransaction } from "../../db/in-transaction.ts";
import type { Door } from "../door.ts";
import { asProblem } from "../http/problems.ts";

/**
 * Signs an agent in by `signIn` and keeps in the audit whether that came to be, and from where. What was typed as an
 * address is never kept, because it may be a password: a wrong one is a try of nobody's.
 */
export async function recordSignIn<Answer>(
  door: Pick<Door, "context">,
  req: Request,
  email: string,
  signIn: () => Promise<Answer>,
): Promise<Answer> {
  try {
    const answer = await signIn();
    await record(door, req, email, "succeeded");
    return answer;
  } catch (error) {
    // A try beyond the rate limit looks at no password, and would let anybody fill the audit.
    if (asProblem(error).code === "unauthenticated") await record(door, req, email, "refused");
    throw error;
  }
}

async function record(
  { context }: Pick<Door, "context">,
  req: Request,
  email: string,
  status: "succeeded" | "refused",
): Promise<void> {
  await inTransaction(context.db.pool, async (tx) => {
    const [agent] = await tx.rows<{ id: string; name: string }>("select id, name from agents where email = lower($1)", [
      email,
    ]);
    await recordAct(tx, agent ?? unknownActor, {
      operation: "sign_in",
      customerId: null,
      status,
      after: { address: req.ip },
    });
  });
}
