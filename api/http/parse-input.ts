import type { z } from "zod";
import { Problem, type ProblemError } from "../../contract/problem.ts";

/** Parts of a path under which a password may stand; which column of `values` has one, its label alone does not tell. */
const secret = /password|secret|key|token|^values$/i;
const longestValue = 80;
const mostErrors = 100;

/**
 * What `schema` makes of `input`.
 * @throws Problem body_invalid that names each place that is wrong, its value (never of a password) and the rule
 */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown, what: string): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const errors = result.error.issues.slice(0, mostErrors).map((issue) => describeIssue(issue, input));
  const first = errors[0];
  const place = first?.column === undefined ? what : `${what}, ${first.column}`;
  throw new Problem("body_invalid", `${place}: ${first?.message ?? "not understood"}`, { errors });
}

function describeIssue(issue: z.core.$ZodIssue, input: unknown): ProblemError {
  const row = rowOf(issue.path);
  const path = row === null ? issue.path : issue.path.slice(2);
  const value = valueAt(input, issue.path);
  const hidden = issue.path.some((part) => secret.test(String(part)));
  return {
    ...(row === null ? {} : { row }),
    ...(path.length === 0 ? {} : { column: path.join(".") }),
    ...(value === null || hidden ? {} : { value: value.slice(0, longestValue) }),
    message: issue.message,
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
