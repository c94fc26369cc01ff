import { type Code, describeCode } from "../../contract/codes.ts";
import { type Route, takesKey } from "../../contract/routes/route.ts";

const content = { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } };

/** The problems of a route as OpenAPI has responses: by status, those that every route of its kind has included. */
export function problemsOf(route: Route): Record<string, { description: string; content: object }> {
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
  if (route.access !== "public") codes.add("unauthenticated");
  if (route.access === "agent") codes.add("rate_limited");
  if (route.access !== "public" && route.method !== "get") codes.add("cross_site");
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
