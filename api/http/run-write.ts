import { Problem } from "../../contract/problem.ts";
import type { RouteName } from "../../contract/routes.ts";
import type { Route } from "../../contract/routes/route.ts";
import type { Call, Write } from "./call.ts";
import type { IncomingUpload } from "../uploads/incoming-upload.ts";
import { hashRequest, once } from "./idempotency.ts";
import type { Answer } from "./send-answer.ts";

const acceptable = /^[\x21-\x7e]{1,255}$/;

/**
 * Runs a POST: `act` once for each `Idempotency-Key` where there is one, then `answer` from how things are.
 * @throws Problem body_invalid for a malformed key; idempotency_key_reused, idempotency_in_flight
 */
export async function runWrite(route: Route, call: Call<RouteName>, write: Write<RouteName>): Promise<Answer> {
  const { req, res, caller, door } = call;
  const upload = call.upload as IncomingUpload | undefined;
  const key = req.get("idempotency-key");
  if (key === undefined) return write.answer(call, await write.act(call));
  if (!acceptable.test(key)) {
    throw new Problem("body_invalid", "Idempotency-Key takes 1 to 255 visible ASCII characters");
  }
  const { made, repeated } = await once(
    door.context.db,
    { caller: caller?.actor.id ?? "", route: `${route.method} ${route.path}`, key },
    async () => {
      for await (const _ of upload?.bytes ?? []) continue;
      return hashRequest([req.path, req.query, req.get("if-match"), call.body ?? null, upload?.digest() ?? null]);
    },
    () => write.act(call),
  );
  if (repeated) res.set("Idempotency-Replayed", "true");
  return write.answer(call, made);
}
