import type { Question } from "../contract/bundle.ts";
import { amountOf } from "./units.ts";

/** The batches of a file that await approval, with what each hits and all together, and the command that approves them at once. */
export function describeQuestions(program: string, no: number, questions: readonly Question[]): string[] {
  if (questions.length === 0) return [];
  const users = questions.reduce((sum, { hits }) => sum + hits.users, 0);
  const waits = questions.length === 1 ? "awaits" : "await";
  const free = questions.filter(({ approve }) => approve === null);
  const plans = (free.length > 0 ? free : questions).map(({ batchNo, planVersion }) => `${batchNo}:${planVersion}`);
  const approve = `${program} bundles approve ${no} --plans ${plans.join(",")}`;
  return [
    `  ${amountOf(questions.length, "batch", "batches")} ${waits} approval, and would hit ${amountOf(users, "user")}:`,
    ...questions.flatMap(questionLines),
    free.length > 0
      ? `To approve them at once: ${approve}`
      : `An agent who may approve them does it at once: ${approve}`,
  ];
}

function questionLines({ batchNo, customerName, planVersion, why, askedBy, retriedRows, approve }: Question): string[] {
  const what = retriedRows === null ? "plan" : `retry of ${amountOf(retriedRows, "row")} in plan`;
  return [
    `    Batch ${batchNo} of ${customerName}, ${what} ${planVersion}, asked by ${askedBy}: ${why}`,
    ...(approve === null ? [] : [`      Not by you: ${approve.message} (${approve.code})`]),
  ];
}
