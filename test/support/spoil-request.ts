import * as fc from "fast-check";
import type { toRequest } from "./documented-requests.ts";
import { mutated, oddTexts } from "./mutations.ts";

type Sent = ReturnType<typeof toRequest>;

const oddValues = fc.oneof<fc.Arbitrary<unknown>[]>(
  oddTexts,
  fc.constantFrom(
    null,
    true,
    -1,
    0,
    1.5,
    2 ** 53,
    1e21,
    [],
    {},
    [null],
    "2199-02-30T00:00:00Z",
    "0000-01-01T00:00:00Z",
  ),
  fc.jsonValue({ maxDepth: 2 }),
);
const share = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

/** Half a surrogate pair cannot stand in an address, nor can what is longer than a server reads. */
function wellFormed(text: string): string {
  return Buffer.from(text.slice(0, 300)).toString();
}

type Place = { holder: Record<string, unknown>; key: string };

function placesIn(value: unknown): Place[] {
  if (typeof value !== "object" || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...placesIn(holder[key])]);
}

/** The JSON `text` with one value changed, left out, or beside one that nobody knows. */
function spoilJson(text: string, at: number, how: "change" | "drop" | "add", odd: unknown): string {
  const whole: Record<string, unknown> = { body: JSON.parse(text) };
  const places = placesIn(whole);
  const { holder, key } = places[Math.floor(at * places.length)] ?? { holder: whole, key: "body" };
  if (how === "change") holder[key] = odd;
  else if (how === "drop") delete holder[key];
  else Object.assign(Array.isArray(holder) ? {} : holder, { [`${key}2`]: odd });
  return JSON.stringify(whole["body"]) ?? "null";
}

/** Requests that are nearly `request`: one value of its body, its query, its path or its headers is odd, or its bytes are. */
export function spoiled(request: Sent): fc.Arbitrary<Sent> {
  const { address, body, headers } = request;
  const [path = "", query = ""] = address.split("?");
  const ways: fc.Arbitrary<Sent>[] = [
    fc.record({ at: share, odd: oddTexts }).map(({ at, odd }) => {
      const parts = path.split("/");
      parts[1 + Math.floor(at * (parts.length - 1))] = encodeURIComponent(wellFormed(odd));
      return { ...request, address: parts.join("/") + (query === "" ? "" : `?${query}`) };
    }),
    fc
      .record({ name: fc.constantFrom(...new URLSearchParams(query).keys(), "limit", "cursor", "q"), odd: oddTexts })
      .map(({ name, odd }) => {
        const asked = new URLSearchParams(query);
        asked.set(name, wellFormed(odd));
        return { ...request, address: `${path}?${asked.toString()}` };
      }),
    fc
      .record({
        name: fc.constantFrom("if-match", "if-none-match", "prefer", "idempotency-key", "content-type", "x-request-id"),
        value: fc.constantFrom("", "*", '"1"', 'W/"2.x"', "wait=0", "wait=x", "application/xml", "é", "x".repeat(300)),
      })
      .map(({ name, value }) => ({ ...request, headers: { ...headers, [name]: value } })),
  ];
  if (body !== undefined) {
    const bytes = mutated(fc.constant(Buffer.from(body)));
    if (headers["content-type"] !== "application/x-www-form-urlencoded") {
      ways.push(bytes.map((one) => ({ ...request, body: one.toString("utf8") })));
    }
    if (body.startsWith("{")) {
      const how = fc.constantFrom("change" as const, "change" as const, "drop" as const, "add" as const);
      const json = fc.record({ at: share, how, odd: oddValues }).map(({ at, how: way, odd }) => {
        return { ...request, body: spoilJson(body, at, way, odd) };
      });
      ways.push(json, json, json);
    }
  }
  return fc.oneof(...ways);
}
