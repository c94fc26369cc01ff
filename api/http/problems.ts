import type { ErrorRequestHandler, Request, Response } from "express";
import { describeCode } from "../../contract/codes.ts";
import { Problem } from "../../contract/problem.ts";
import type { ProblemDocument } from "../../contract/problem-document.ts";
import { asFault, DatabaseFault, TransientFault } from "../../db/faults.ts";
import type { Log } from "../../db/log.ts";
import { endWithBodyUnread } from "./unread-body.ts";

const retryAfterSeconds: Partial<Record<string, number>> = { unavailable: 2, uploads_busy: 5, rate_limited: 60 };

/** No room on the disk, or in what the server's settings leave of it. */
const diskFull = new Set(["53100", "53400"]);
/** A lock that was not to be had in time, and a statement that took too long. */
const heldUp = new Set(["55P03", "57014"]);
/** U+0000 in a text, and in a text of a JSON: Postgres stores neither. */
const holdsNul = new Set(["22021", "22P05"]);

/** Ends the chain: every error leaves as `application/problem+json`, and only those of ours tell what they are. */
export function handleErrors(log: Log): ErrorRequestHandler {
  return (error: unknown, req, res, _next) => {
    const problem = asProblem(error);
    if (problem.code === "internal")
      log.error({ err: asFault(error), requestId: res.locals["requestId"] }, "request failed");
    sendProblem(req, res, problem);
  };
}

/** The problem that any error stands for: `unavailable` where the database is away, `internal` where nobody knows. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const fault = asFault(error);
  if (fault instanceof TransientFault && diskFull.has(fault.sqlstate)) {
    return new Problem(
      "disk_full",
      "The database has no room left on its disk; nothing was done. Make room, then try again",
    );
  }
  if (fault instanceof TransientFault && heldUp.has(fault.sqlstate)) {
    return new Problem("unavailable", "Another change held up this one for too long; nothing was done, try again");
  }
  if (fault instanceof TransientFault) {
    return new Problem("unavailable", "The database cannot be reached just now; nothing is lost, try again");
  }
  if (fault instanceof DatabaseFault && holdsNul.has(fault.sqlstate)) {
    return new Problem(
      "body_invalid",
      "A text of the request holds the character NUL (U+0000), which none may hold; nothing was done",
    );
  }
  const { type, status } = fault as { type?: unknown; status?: unknown };
  if (status === 413) return new Problem("body_too_large", "The body is larger than this address takes");
  if (type === "entity.parse.failed") {
    return new Problem("json_malformed", `The body is not JSON${placeIn(fault.message)}`);
  }
  if (type === "request.aborted" || type === "request.size.invalid") {
    return new Problem("upload_interrupted", "The connection broke before the whole body had come");
  }
  if (status === 415) return new Problem("media_type_unsupported", "The body's character set or encoding is not taken");
  if (fault instanceof URIError) return new Problem("not_found", "The address holds a malformed escape");
  return new Problem("internal", "Something went wrong on our side; the log names it by the request id");
}

/** Writes `problem`; where the answer has begun already, only breaking the connection can tell that it went wrong. */
function sendProblem(req: Request, res: Response, problem: Problem): void {
  if (res.headersSent) {
    res.destroy();
    return;
  }
  const document = documentOf(problem, req.path);
  const retryAfter = problem.retryAfterSeconds ?? retryAfterSeconds[problem.code];
  if (retryAfter !== undefined) res.set("Retry-After", String(retryAfter));
  if (problem.code === "unauthenticated") res.set("WWW-Authenticate", "Bearer");
  res.removeHeader("Content-Disposition");
  res.status(document.status).type("application/problem+json");
  endWithBodyUnread(req, res, JSON.stringify(document));
}

/** Node's message quotes the body, which may hold a password; only the place is kept. */
function placeIn(message: string): string {
  const position = /position (\d+)/.exec(message)?.[1];
  return position === undefined ? "" : `: it goes wrong at character ${position}`;
}

/** `problem` as RFC 9457 has it; `path` is the address that was asked, where there was one. */
export function documentOf(problem: Problem, path?: string): ProblemDocument {
  const { status, title } = describeCode(problem.code);
  return {
    type: `urn:muster:problem:${problem.code}`,
    title,
    status,
    code: problem.code,
    detail: problem.message,
    ...(path === undefined ? {} : { instance: path }),
    ...(problem.batchId === undefined ? {} : { batchId: problem.batchId }),
    ...(problem.errors.length === 0 ? {} : { errors: problem.errors }),
    ...(problem.sheets.length === 0 ? {} : { sheets: problem.sheets }),
  };
}
