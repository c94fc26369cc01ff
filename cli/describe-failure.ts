import type { ProblemDocument } from "../contract/problem-document.ts";
import { RequestFailed } from "../contract/request-failed.ts";
import { CommandFailed, exitCodes, type ExitCode } from "./exit-codes.ts";
import { emptyReport, type ImportReport, reached } from "./import-run.ts";

/** Why the command ends before its time: for people as lines, for scripts as a problem. */
export type Failure = { exitCode: ExitCode; lines: string[]; problem: Partial<ProblemDocument> & { code: string } };

const mostErrors = 10;

/**
 * What `error` means to whoever gave the command, and what became of what it has come to.
 * @throws `error` where it is a fault of ours
 */
export function describeFailure(error: unknown, server: string, report: ImportReport = emptyReport): Failure {
  if (error instanceof CommandFailed) {
    const { exitCode, message } = error;
    return { exitCode, lines: [message], problem: { code: "usage", detail: message } };
  }
  if (!(error instanceof RequestFailed)) throw error;
  const { problem } = error;
  if (problem.code === "unreachable") {
    const detail =
      problem.status === 0
        ? `${server} cannot be reached, or broke off. Does it serve, and is --server right?`
        : `${server} answers with status ${problem.status}, but not as a Muster does. Is --server right?`;
    return {
      exitCode: exitCodes.unreachable,
      lines: [detail, ...reachedLines(report)],
      problem: { ...problem, detail },
    };
  }
  const broke = problem.status >= 500 || problem.code === "upload_interrupted" || problem.code === "upload_stalled";
  return {
    exitCode: broke ? exitCodes.unreachable : exitCodes.refused,
    lines: [...refusalLines(problem), ...reachedLines(report)],
    problem,
  };
}

function reachedLines(report: ImportReport): string[] {
  const name = reached(report);
  return name === null ? [] : [`How ${name} stands: ${report.page ?? ""}`, `To stay with it: ${report.next ?? ""}`];
}

function refusalLines({ code, title, detail, errors = [] }: ProblemDocument): string[] {
  const more = errors.length - mostErrors;
  return [
    `${title} (${code}): ${detail}`,
    ...errors.slice(0, mostErrors).map(({ row, column, value, message }) => {
      const place = [
        row === undefined ? null : `row ${row}`,
        column ?? null,
        value === undefined ? null : `"${value}"`,
      ];
      return `  ${[place.filter((part) => part !== null).join(", "), message].filter(Boolean).join(": ")}`;
    }),
    ...(more > 0 ? [`  and ${more} more`] : []),
    ...(code === "unauthenticated" ? ["  The key is not one of this Muster's: see MUSTER_API_KEY or --api-key."] : []),
  ];
}
