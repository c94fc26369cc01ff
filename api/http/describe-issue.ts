import type { z } from "zod";

type Issue = z.core.$ZodIssue;

/** One thing that is wrong in a body, and what to do, in words for who has not read the schema. */
export type Fault = { path: PropertyKey[]; said: string };

/** The faults that `issue` stands for: of a choice between shapes, those of the shape that comes nearest. */
export function faultsOf(issue: Issue, before: PropertyKey[] = []): Fault[] {
  const path = [...before, ...issue.path];
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({ path: [...path, key], said: "is not a field of this request; leave it out" }));
  }
  if (issue.code === "invalid_union") return faultsOfUnion(issue, path);
  return [{ path, said: sentence(issue) }];
}

function faultsOfUnion(issue: Issue & { code: "invalid_union" }, path: PropertyKey[]): Fault[] {
  if (issue.errors.length === 0) return [{ path, said: "names nothing that is known here" }];
  const ofOtherKind = (issues: Issue[]) => issues.some((one) => one.path.length === 0 && one.code === "invalid_type");
  const near = issue.errors.filter((issues) => !ofOtherKind(issues));
  const [nearest] = near.toSorted((one, other) => strays(one) - strays(other) || one.length - other.length);
  if (nearest !== undefined) return nearest.flatMap((one) => faultsOf(one, path));
  const kinds = issue.errors.flat().flatMap((one) => (one.code === "invalid_type" ? [kindWords(one.expected)] : []));
  return [{ path, said: `give ${[...new Set(kinds)].join(" or ")}` }];
}

/** Fields that a shape does not know tell that another one was meant. */
function strays(issues: Issue[]): number {
  return issues.filter(({ path, code }) => path.length === 0 && code === "unrecognized_keys").length;
}

function sentence(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined
        ? `is missing; give ${kindWords(issue.expected)}`
        : `give ${kindWords(issue.expected)}`;
    case "too_small":
      return limitWords("at least", Number(issue.minimum), issue.origin);
    case "too_big":
      return limitWords("at most", Number(issue.maximum), issue.origin);
    case "invalid_value":
      return `give ${issue.values.length === 1 ? "" : "one of "}${issue.values.map((value) => String(value)).join(", ")}`;
    case "invalid_format":
      return formatWords[issue.format] ?? issue.message;
    case "custom":
    case "invalid_element":
    case "invalid_key":
    case "invalid_union":
    case "not_multiple_of":
    case "unrecognized_keys":
    default:
      return issue.message;
  }
}

function kindWords(expected: string): string {
  return kinds[expected] ?? expected;
}

const kinds: Record<string, string> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};

function limitWords(limit: string, count: number, origin: string): string {
  if (origin === "string")
    return count === 1 && limit === "at least" ? "is empty; give text" : `give ${limit} ${count} characters`;
  if (origin === "array") return `give ${limit} ${count} ${count === 1 ? "item" : "items"}`;
  return `give ${limit} ${count}`;
}

const formatWords: Record<string, string> = {
  uuid: "give an id, such as 01979f3e-5a10-7c3b-9e41-6f0d2b7a8c15",
  datetime: "give a time with its zone, such as 2026-05-01T20:00:00+02:00",
  email: "give an email address",
  url: "give an address that begins with http:// or https://",
};
