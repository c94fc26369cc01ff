import type { z } from "zod";
import { Problem } from "../../contract/problem.ts";
import type { ProblemError } from "../../contract/problem-document.ts";
import { faultsOf, type Fault } from "./describe-issue.ts";

/** Parts of a path under which a password may stand; which column of `values` has one, its label alone does not tell. */
const secret = /password|secret|key|token|^values$/i;
const longestValue = 80;
const mostErrors = 100;
/** Faults that the sentence for people names; `errors` has the rest. */
const mostTold = 5;

/**
 * What `schema` makes of `input`.
 * @throws Problem body_invalid that names each place that is wrong, its value (never of a password) and the rule
 */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown, what: string): z.output<Schema> {
  const result = schema.safeParse(input, { reportInput: true });
  if (result.success) return result.data;
  const faults = result.error.issues.flatMap((issue) => faultsOf(issue));
  const errors = faults.slice(0, mostErrors).map((fault) => describeFault(fault, input));
  const told = errors.slice(0, mostTold).map(sentenceOf);
  const more = faults.length - told.length;
  throw new Problem("body_invalid", `${what}: ${told.join("; ")}${more > 0 ? `; and ${more} more` : ""}`, { errors });
}

function sentenceOf({ row, column, message }: ProblemError): string {
  const place = [...(row === undefined ? [] : [`row ${row}`]), ...(column === undefined ? [] : [column])];
  return [...(place.length === 0 ? [] : [place.join(", ")]), message].join(": ");
}

function describeFault({ path: whole, said }: Fault, input: unknown): ProblemError {
  const row = rowOf(whole);
  const path = row === null ? whole : whole.slice(2);
  const value = valueAt(input, whole);
  const hidden = whole.some((part) => secret.test(String(part)));
  return {
    ...(row === null ? {} : { row }),
    ...(path.length === 0 ? {} : { column: path.join(".") }),
    ...(value === null || hidden ? {} : { value: value.slice(0, longestValue) }),
    message: said,
  };
}

/** `rows.2.displayName` is row 3, as rows count from 1. */
function rowOf(path: PropertyKey[]): number | null {
  return path[0] === "rows" && typeof path[1] === "number" ? path[1] + 1 : null;
}

function valueAt(input: unknown, path: PropertyKey[]): string | null {
  let value = input;
  for (const part of path) {
    if (typeof value !== "object" || value === null) return null;
    value = (value as Record<PropertyKey, unknown>)[part];
  }
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : null;
}
