import type { RouteAnswer } from "../../contract/client.ts";
import { unreachable } from "../../contract/request-failed.ts";
import { routeAddress } from "../../contract/route-address.ts";
import { routes } from "../../contract/routes.ts";
import { refusal } from "../client/call-route.ts";
import { randomKey } from "../client/random-key.ts";

/** Sends the vendor's table of products and gives what it changes; without `apply`, what it would change. @throws RequestFailed */
export async function sendCatalog(file: File, { apply }: { apply: boolean }): Promise<RouteAnswer<"importCatalog">> {
  const answer = await fetch(routeAddress("importCatalog", { query: { apply } }), {
    method: "POST",
    credentials: "same-origin",
    headers: { "content-type": "text/csv", "idempotency-key": randomKey() },
    body: file,
  }).catch(() => {
    throw unreachable();
  });
  const text = await answer.text();
  if (!answer.ok) throw refusal(routes.importCatalog, answer.status, text);
  return JSON.parse(text) as RouteAnswer<"importCatalog">;
}
