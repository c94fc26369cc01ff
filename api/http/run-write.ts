import { Problem } from "../../contract/problem.ts";
import type { RouteName } from "../../contract/routes.ts";
import type { Route } from "../../contract/routes/route.ts";
import type { Caller } from "./authenticate.ts";
import type { Call, Write } from "./call.ts";
import type { IncomingUpload } from "../uploads/incoming-upload.ts";
import { hashRequest, once } from "./idempotency.ts";
import { logAct } from "./log-act.ts";
import type { Answer } from "./send-answer.ts";

const acceptable = /^[\x21-\x7e]{1,255}$/;

/**
 * Runs a POST: `act` once for each `Idempotency-Key` where there is one, then `answer` from how
 * things are.
 * @throws Problem body_invalid for a malformed key; idempotency_key_reused, idempotency_in_flight
 */
export async function runWrite(
  name: RouteName,
  route: Route,
  call: Call<RouteName>,
  write: Write<RouteName>,
): Promise<Answer> {
  const { req, res, api } = call;
  const caller = call.caller as Caller;
  const upload = call.upload as IncomingUpload | undefined;
  const key = req.get("idempotency-key");
  if (key === undefined) {
    const made = await write.act(call);
    logAct(name, call, made.id);
    return write.answer(call, { ...made, repeated: false });
  }
  if (!acceptable.test(key)) {
    throw new Problem("body_invalid", "Idempotency-Key takes 1 to 255 visible ASCII characters");
  }
  const made = await once(
    api.context.db,
    { caller: callerId(caller), route: `${route.method} ${route.path}`, key },
    async () => {
      for await (const _ of upload?.bytes ?? []) continue;
      return hashRequest([req.path, req.query, req.get("if-match"), call.body ?? null, upload?.digest() ?? null]);
    },
    (recordResult) => write.act({ ...call, caller: { ...caller, actor: { ...caller.actor, recordResult } } }),
  );
  if (made.repeated) res.set("Idempotency-Replayed", "true");
  else logAct(name, call, made.id);
  return write.answer(call, made);
}

/** A key of an agent's is a caller of its own, because it may be allowed less than the agent. */
function callerId({ actor: { id, authority } }: Caller): string {
  return authority.kind === "agent" ? (authority.keyId ?? authority.agentId) : id;
}
