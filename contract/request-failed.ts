import type { ProblemDocument } from "./problem-document.ts";

/**
 * A request that was refused or got no answer. `problem.code` is `unreachable` where no answer came (status 0), or one
 * that is not Muster's, as a proxy gives.
 */
export class RequestFailed extends Error {
  readonly problem: ProblemDocument;

  constructor(problem: ProblemDocument) {
    super(problem.detail);
    this.name = "RequestFailed";
    this.problem = problem;
  }
}

/** The error for an answer of `status` that is not a success. */
export function refusalOf(status: number, text: string): RequestFailed {
  try {
    const read: unknown = JSON.parse(text);
    if (isProblem(read)) return new RequestFailed(read);
  } catch {
    // A proxy in front may answer with a page of its own.
  }
  return unreachable(status);
}

/** The error for a request that got no answer at all, or under `status` one that is not Muster's. */
export function unreachable(status = 0): RequestFailed {
  return new RequestFailed({ type: "about:blank", title: "", status, code: "unreachable", detail: "" });
}

function isProblem(read: unknown): read is ProblemDocument {
  if (typeof read !== "object" || read === null) return false;
  const { status, title, code, detail, errors = [] } = read as Partial<Record<keyof ProblemDocument, unknown>>;
  const words = [title, code, detail];
  return typeof status === "number" && words.every((word) => typeof word === "string") && Array.isArray(errors);
}
