import type { ProblemDocument } from "../../contract/problem-document.ts";
import { RequestFailed } from "../../contract/request-failed.ts";
import { texts } from "../kit/texts.ts";

/** The problem that `error` stands for, whatever it is. */
export function problemOf(error: unknown): ProblemDocument {
  const known: ProblemDocument =
    error instanceof RequestFailed
      ? error.problem
      : { type: "about:blank", title: texts.errors.page, status: 0, code: "page", detail: "" };
  if (known.code !== "unreachable") return known;
  return { ...known, title: texts.errors.unreachable, detail: texts.errors.unreachableDetail };
}

/** What a refusal says about one field of the request, where it says something. */
export function problemAt(error: unknown, field: string): string | undefined {
  if (!(error instanceof RequestFailed)) return undefined;
  return error.problem.errors?.find(({ column }) => column === field)?.message;
}
