import { makeOpenApi } from "../../api/openapi/make-openapi.ts";
import type { RouteName } from "../../contract/routes.ts";
import type { ExampleStage } from "./example-stage.ts";

type Examples = Record<string, { value: unknown }>;
type Plain = string | number | boolean;
type Parameter = {
  name: string;
  in: "path" | "query" | "header";
  example?: Plain;
  examples?: Record<string, { value: Plain }>;
};
type Operation = {
  operationId: RouteName;
  parameters: Parameter[];
  requestBody?: { content: Record<string, { examples?: Examples }> };
};
/** One example of one route, as the document of the API has it. */
export type Documented = { name: RouteName; key: string; method: string; path: string; operation: Operation };

const document = makeOpenApi() as unknown as { paths: Record<string, Record<string, Operation>> };

/** Every request of the document: each example, and once each route that has none to choose from. */
export const documented: Documented[] = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).flatMap(([method, operation]) => {
    const keys = new Set(exampleMaps(operation).flatMap((examples) => Object.keys(examples)));
    const one = { name: operation.operationId, method, path, operation };
    return keys.size === 0 ? [{ ...one, key: "as it is" }] : [...keys].map((key) => ({ ...one, key }));
  }),
);

function exampleMaps({ parameters, requestBody }: Operation): Examples[] {
  return [...parameters, ...Object.values(requestBody?.content ?? {})].flatMap(({ examples }) =>
    examples === undefined ? [] : [examples],
  );
}

/** What the document says of one example, with the words of the stage in the place of the made-up ones. */
export function toRequest(
  { method, path, operation, key }: Documented,
  stage: Pick<ExampleStage, "headers" | "words"> = { headers: {}, words: new Map() },
) {
  const fill = (text: string) => [...stage.words].reduce((filled, [from, to]) => filled.replaceAll(from, to), text);
  const headers: Record<string, string> = { ...stage.headers };
  const query = new URLSearchParams();
  let address = path;
  for (const { name, in: place, example, examples } of operation.parameters) {
    const value = examples === undefined ? example : examples[key]?.value;
    if (value === undefined) continue;
    const filled = fill(String(value));
    if (place === "path") address = address.replace(`{${name}}`, encodeURIComponent(filled));
    else if (place === "query") query.set(name, filled);
    else headers[name] = filled;
  }
  const [type, value] = bodyOf(operation, key);
  if (type !== null) headers["content-type"] = type;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return {
    address: `${address}${query.size === 0 ? "" : `?${query.toString()}`}`,
    method: method.toUpperCase(),
    headers,
    body: text === undefined ? undefined : fill(text),
  };
}

function bodyOf({ requestBody }: Operation, key: string): [string | null, unknown] {
  for (const [type, { examples }] of Object.entries(requestBody?.content ?? {})) {
    if (examples?.[key] !== undefined) return [type, examples[key].value];
  }
  return [null, undefined];
}

const formType = "application/x-www-form-urlencoded";

/** The fields of a JSON object as a form; what is no object has none, or those of a list. */
function toForm(json: string): string {
  const fields = Object.entries(Object(JSON.parse(json)) as Record<string, unknown>);
  return new URLSearchParams(Object.fromEntries(fields.map(([name, value]) => [name, String(value)]))).toString();
}

type Answered = { status: number; ok: boolean; type: string; text: string; location: string | null; replayed: boolean };

/** Sends the request as who the stage says, with `more` headers, and reads the answer to its end. */
export async function send(
  stage: Pick<ExampleStage, "app" | "key">,
  request: ReturnType<typeof toRequest>,
  more: Record<string, string> = {},
): Promise<Answered> {
  const { address, body, ...init } = request;
  const authority: Record<string, string> = stage.key === null ? {} : { authorization: `Bearer ${stage.key}` };
  const answer = await fetch(`${stage.app.url}${address}`, {
    ...init,
    redirect: "manual",
    headers: { ...authority, ...init.headers, ...more },
    ...(body === undefined ? {} : { body: init.headers["content-type"] === formType ? toForm(body) : body }),
  });
  const type = answer.headers.get("content-type") ?? "";
  // What is streamed for ever is not read to its end.
  if (type.startsWith("text/event-stream")) await answer.body?.cancel();
  const text = type.startsWith("text/event-stream") ? "" : await answer.text();
  const replayed = answer.headers.has("idempotency-replayed");
  return { status: answer.status, ok: answer.ok, type, text, location: answer.headers.get("location"), replayed };
}
