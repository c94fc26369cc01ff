import { type Code, describeCode } from "../../contract/codes.ts";
import { type Route, type RouteAuthority, takesKey } from "../../contract/routes/route.ts";

const content = { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } };

/** The problems of a route as OpenAPI has responses: by status, those that every route of its kind has included. */
export function problemResponses(route: Route): Record<string, { description: string; content: object }> {
  const byStatus = new Map<number, Code[]>();
  for (const code of codesOf(route)) {
    const { status } = describeCode(code);
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      String(status),
      { description: codes.map((code) => `\`${code}\`: ${describeCode(code).title}`).join("; "), content },
    ]),
  );
}

function codesOf(route: Route): Set<Code> {
  const codes = new Set<Code>(route.problems);
  if (route.authority !== "public") codes.add("unauthenticated");
  if (route.authority !== "public" && route.authority !== "agentOrMachine") codes.add("rate_limited");
  if (refuses(route.authority)) codes.add("forbidden");
  if (route.authority !== "public" && route.method !== "get") codes.add("cross_site");
  if (route.method !== "get") codes.add("disk_full");
  if (route.params !== undefined) codes.add("not_found");
  if (route.query !== undefined || route.body !== undefined) codes.add("body_invalid");
  if (route.body !== undefined) codes.add("body_too_large").add("media_type_unsupported");
  if (route.body !== undefined && route.form !== true) codes.add("json_malformed");
  if (takesKey(route)) {
    codes.add("idempotency_key_reused").add("idempotency_in_flight");
  }
  return codes.add("internal").add("unavailable");
}

/** Whether a caller whom the route knows, and who may see what its path names, can be without the authority for it. */
function refuses(needed: RouteAuthority): boolean {
  return typeof needed === "string" ? needed === "namedAgent" || needed === "keyOwner" : needed.act !== "read";
}
