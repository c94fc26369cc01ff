import type { ProblemDocument } from "../../contract/problem.ts";
import { RequestFailed } from "../../contract/request-failed.ts";
import { texts } from "../texts.ts";

/** The problem that `error` stands for, whatever it is. */
export function problemOf(error: unknown): ProblemDocument {
  const known: ProblemDocument =
    error instanceof RequestFailed
      ? error.problem
      : { type: "about:blank", title: texts.errors.page, status: 0, code: "page", detail: "" };
  if (known.code !== "unreachable") return known;
  return { ...known, title: texts.errors.unreachable, detail: texts.errors.unreachableDetail };
}
